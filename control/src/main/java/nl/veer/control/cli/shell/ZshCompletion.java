package nl.veer.control.cli.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The completion of a command for zsh, in the words of its {@code _arguments}: commands and options
 * with what they are for, file names where an option takes one.
 */
final class ZshCompletion {
  private final StringBuilder script = new StringBuilder();

  private ZshCompletion() {}

  static String of(CommandLine command) {
    ZshCompletion completion = new ZshCompletion();
    String name = command.getCommandName();
    completion.script.append("#compdef ").append(name).append("\n\n");
    completion.function("_" + name, command);
    completion.script.append("_").append(name).append(" \"$@\"\n");
    return completion.script.toString();
  }

  private void function(String name, CommandLine command) {
    Map<String, CommandLine> below = command.getSubcommands();
    below.forEach((word, each) -> function(name + "_" + word, each));
    script.append(name).append("() {\n");
    if (below.isEmpty()) {
      script.append("  _arguments -s").append(options(command)).append("\n}\n\n");
      return;
    }
    script.append(
        "  local curcontext=\"$curcontext\" state line\n  local -a commands\n  commands=(\n");
    below.forEach(
        (word, each) ->
            script
                .append("    ")
                .append(
                    quoted(
                        word
                            + ":"
                            + FirstSentence.of(each.getCommandSpec().usageMessage().description())))
                .append('\n'));
    script.append("  )\n  _arguments -C").append(options(command));
    script.append(" \\\n    '1: :->command' '*:: :->rest'\n  case $state in\n");
    script.append(
        "    command) _describe command commands ;;\n    rest)\n      case $words[1] in\n");
    below
        .keySet()
        .forEach(word -> script.append("        %s) %s_%s ;;\n".formatted(word, name, word)));
    script.append("      esac ;;\n  esac\n}\n\n");
  }

  private static String options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(ZshCompletion::option)
        .collect(Collectors.joining());
  }

  /** One word for each of its names; those that exclude each other are named in front. */
  private static String option(OptionSpec option) {
    List<String> names = Arrays.asList(option.names());
    String others = option.isMultiValue() ? "*" : "(" + String.join(" ", names) + ")";
    String value =
        option.arity().max() == 0 ? "" : ":" + option.paramLabel() + ":" + values(option);
    return names.stream()
        .map(
            name ->
                " \\\n    "
                    + quoted(
                        others
                            + name
                            + (value.isEmpty() ? "" : name.startsWith("--") ? "=" : "+")
                            + "["
                            + FirstSentence.of(option.description())
                                .replace("[", "\\[")
                                .replace("]", "\\]")
                                .replace(":", "\\:")
                            + "]"
                            + value))
        .collect(Collectors.joining());
  }

  private static String values(OptionSpec option) {
    boolean file =
        List.of(Path.class, File.class).contains(option.type())
            || option.paramLabel().startsWith("FILE");
    return file ? "_files" : " ";
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
