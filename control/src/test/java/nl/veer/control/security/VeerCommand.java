package nl.veer.control.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.sandbox.process.OwnedProcess;

/**
 * A command in a process of its own, under a shell that lets everybody read and write what it
 * makes.
 *
 * @param output all that it printed, errors too
 */
public record VeerCommand(int exitCode, String output) {

  public static VeerCommand run(Path home, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "umask 000; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("nl.veer.control.cli.Veer");
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(home, arguments[0] + "-", ".out");
    OwnedProcess process =
        OwnedProcess.start("veer-" + arguments[0], command, environment, "KILL", output);
    int code = process.awaitExit(CrossingWorld.PATIENCE).orElse(-1);
    process.end("KILL", CrossingWorld.PATIENCE);
    return new VeerCommand(code, Files.readString(output));
  }
}
