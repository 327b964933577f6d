package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import nl.veer.control.dashboard.http.Tokens;
import nl.veer.sandbox.certificate.Authority;
import nl.veer.sandbox.certificate.Identity;
import nl.veer.sandbox.process.PrivateFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Passwords, tokens and a certificate that nobody has had before. */
@Command(
    name = "secrets",
    description = {
      "Makes what the containers of docker-compose.yml keep from each other, in a",
      "directory for each who is told: source and target (passwords of the roles shop",
      "and veer), dashboard (its certificate, its key, digests of the tokens), operator",
      "(a token), observer (the authority, a viewer's token, Grafana's password). What",
      "is there stays as it is."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer sandbox secrets --directory secrets",
      "  veer sandbox secrets --directory secrets --host veer.example.org"
    })
final class SecretsCommand implements Callable<Integer> {
  /** Browsers that are strict about it take no server's certificate that lasts longer. */
  private static final Duration VALIDITY = Duration.ofDays(800);

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      required = true,
      description = "Where the directories are made.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path directory;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "A name that the certificate is for, beside localhost and 127.0.0.1. May be given again.")
  private List<String> hosts = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    for (String side : List.of("source", "target")) {
      once(side + "/shop");
      once(side + "/veer");
    }
    identity();
    token("operator/token", "dashboard/operator.sha256");
    token("observer/token", "dashboard/observer.sha256");
    once("observer/grafana");
    forAll("observer/token");
    forAll("observer/grafana");
    PrintWriter out = spec.commandLine().getOut();
    out.println("Secrets: " + directory);
    out.flush();
    return ExitCode.OK;
  }

  private void once(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      write(name, Tokens.random() + "\n");
    }
  }

  private void token(String name, String digest) throws IOException {
    once(name);
    write(digest, Tokens.digest(Files.readString(directory.resolve(name)).strip()) + "\n");
  }

  private void identity() throws IOException {
    if (Stream.of("observer/ca.pem", "dashboard/server.pem", "dashboard/server.key")
        .allMatch(name -> Files.exists(directory.resolve(name)))) {
      return;
    }
    List<String> names = Stream.concat(Authority.HERE.stream(), hosts.stream()).toList();
    Identity server = new Authority("Veer's sandbox", VALIDITY).issue("veer", names);
    write("dashboard/server.key", server.keyPem());
    write("dashboard/server.pem", server.certificatePem());
    write("observer/ca.pem", Identity.pem(server.issuer()));
    forAll("observer/ca.pem");
  }

  /** Whole or not at all. */
  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Path parts = file.resolveSibling(file.getFileName() + ".new");
    PrivateFiles.directories(directory.resolve(name.substring(0, name.indexOf('/'))));
    PrivateFiles.write(parts, text);
    Files.move(parts, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Prometheus and Grafana run as users of their own; nobody else has this directory. */
  private void forAll(String name) throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
  }
}
