package nl.veer.control.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Writes the reference page of the command line from what {@code --help} prints. */
final class CliReference {
  private static final String HEAD =
      """
      # The veer command

      What `--help` prints, for every command. This page is generated from the code; a test holds it
      to that.
      """;

  private CliReference() {}

  static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    section(page, Veer.commandLine());
    return page.toString();
  }

  private static void section(StringBuilder page, CommandLine command) {
    page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```text\n");
    page.append(command.getUsageMessage(Ansi.OFF).replace("\r\n", "\n").stripTrailing());
    page.append("\n```\n");
    command.getSubcommands().values().forEach(below -> section(page, below));
  }
}
