package nl.veer.sandbox.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.veer.sandbox.process.Programs;
import nl.veer.sandbox.process.SandboxFailure;

/**
 * As whom PostgreSQL runs: it refuses to be root. For root there are two ways, tried in this order:
 * a user namespace of its own, in which root is nobody while its files stay root's, and a real
 * change to the user nobody, who then owns the server's directory.
 */
final class PostgresUser {
  private static final String NOBODY = "65534";

  private final List<String> prefix;
  private final boolean ownsFiles;

  private PostgresUser(List<String> prefix, boolean ownsFiles) {
    this.prefix = prefix;
    this.ownsFiles = ownsFiles;
  }

  static PostgresUser current() {
    if (!Programs.run(List.of("id", "-u")).output().strip().equals("0")) {
      return new PostgresUser(List.of(), false);
    }
    if (Programs.run(List.of("unshare", "-U", "true")).succeeded()) {
      return new PostgresUser(List.of("unshare", "-U"), false);
    }
    return nobody();
  }

  static PostgresUser nobody() {
    List<String> change =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    List<String> trial = new ArrayList<>(change);
    trial.add("true");
    if (Programs.run(trial).succeeded()) {
      return new PostgresUser(change, true);
    }
    throw new SandboxFailure(
        "PostgreSQL refuses to run as root, and this system has neither user namespaces (unshare"
            + " -U) nor setpriv; start Veer as another user");
  }

  /** The command as this user runs it. */
  List<String> command(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }

  /** Makes sure that the user may write to the server's directory. */
  void own(Path directory) {
    if (ownsFiles) {
      // The way there as well: what is above is this user's alone.
      Programs.run(List.of("chmod", "go+x", directory.resolve("..").normalize().toString()));
      Programs.Result changed =
          Programs.run(List.of("chown", "-R", NOBODY + ":" + NOBODY, directory.toString()));
      if (!changed.succeeded()) {
        throw new SandboxFailure("Cannot give " + directory + " to nobody: " + changed.output());
      }
    }
  }
}
