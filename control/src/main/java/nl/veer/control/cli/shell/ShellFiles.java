package nl.veer.control.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.veer.control.cli.Veer;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The manual pages and the completions, as files of a distribution. */
public final class ShellFiles {
  private ShellFiles() {}

  /** Writes them below the directory that is named; the build calls it. */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<String, String> file : all().entrySet()) {
      Path path = Path.of(arguments[0]).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** Texts by the path of their file. */
  static Map<String, String> all() {
    CommandLine veer = Veer.commandLine();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("completions/veer.bash", AutoComplete.bash("veer", veer));
    files.put("completions/_veer", ZshCompletion.of(veer));
    pages(files, veer);
    return files;
  }

  private static void pages(Map<String, String> files, CommandLine command) {
    files.put("man/man1/" + ManPage.name(command) + ".1", ManPage.of(command));
    command.getSubcommands().values().forEach(below -> pages(files, below));
  }
}
