package nl.veer.control.cli.shell;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A command's manual page, in the macros of man(7). It says what {@code --help} says, in the order
 * of such pages.
 */
final class ManPage {
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7F]");

  private final CommandLine command;
  private final CommandSpec spec;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
  }

  /** The name that man finds it by: {@code veer-cutover}. */
  static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  static String of(CommandLine command) {
    return new ManPage(command).written();
  }

  private String written() {
    UsageMessageSpec usage = spec.usageMessage();
    String words = String.join("\n", usage.description());
    page.append(".TH ")
        .append(name(command).toUpperCase(Locale.ROOT))
        .append(" 1 \"\" veer veer\n");
    heading("NAME");
    line(name(command) + " \\- " + text(FirstSentence.of(usage.description())));
    heading("SYNOPSIS");
    verbatim(new Help(spec, Ansi.OFF).synopsis(0).strip().lines().toList());
    heading("DESCRIPTION");
    page.append(paragraph(words));
    options();
    table("COMMANDS", commands());
    table("EXIT STATUS", usage.exitCodeList());
    if (usage.footer().length > 0) {
      heading("EXAMPLES");
      verbatim(List.of(usage.footer()));
    }
    also();
    return page.toString();
  }

  private void options() {
    heading("OPTIONS");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String names =
            Arrays.stream(option.names())
                .map(name -> "\\fB" + text(name) + "\\fR")
                .collect(Collectors.joining(", "));
        String value =
            option.arity().max() == 0 ? "" : " \\fI" + text(option.paramLabel()) + "\\fR";
        item(names + value, String.join("\n", described(option)));
      }
    }
  }

  private static String[] described(OptionSpec option) {
    return Arrays.stream(option.description())
        .map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue())))
        .toArray(String[]::new);
  }

  private Map<String, String> commands() {
    return command.getSubcommands().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    String.join(
                        "\n", entry.getValue().getCommandSpec().usageMessage().description()),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  private void table(String title, Map<String, String> rows) {
    if (!rows.isEmpty()) {
      heading(title);
      rows.forEach((name, words) -> item("\\fB" + text(name) + "\\fR", words));
    }
  }

  private void also() {
    CommandLine above = command.getParent();
    heading("SEE ALSO");
    line(
        above == null
            ? command.getSubcommands().values().stream()
                .map(below -> "\\fB" + text(name(below)) + "\\fR(1)")
                .collect(Collectors.joining(", "))
            : "\\fB" + text(name(above)) + "\\fR(1)");
  }

  private void heading(String title) {
    page.append(".SH ").append(title).append('\n');
  }

  private void item(String head, String words) {
    page.append(".TP\n");
    line(head);
    page.append(paragraph(words));
  }

  private void verbatim(List<String> lines) {
    page.append(".nf\n");
    lines.forEach(line -> line(text(line)));
    page.append(".fi\n");
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  private static String paragraph(String words) {
    return words.lines().map(ManPage::text).collect(Collectors.joining("\n")) + "\n";
  }

  /**
   * A line that begins with a dot or a quote would be taken for a macro; what is not ASCII goes by
   * its number.
   */
  private static String text(String plain) {
    String escaped =
        NOT_ASCII
            .matcher(plain.replace("\\", "\\e").replace("-", "\\-"))
            .replaceAll(found -> "\\\\[u%04X]".formatted(found.group().codePointAt(0)));
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
