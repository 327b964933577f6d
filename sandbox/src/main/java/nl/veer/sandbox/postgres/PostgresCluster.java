package nl.veer.sandbox.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import nl.veer.sandbox.certificate.Identity;
import nl.veer.sandbox.process.OwnedProcess;
import nl.veer.sandbox.process.PrivateFiles;
import nl.veer.sandbox.process.Programs;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.process.ServerDirectory;
import nl.veer.sandbox.process.StaleProcess;
import nl.veer.sandbox.process.StartupFailures;

/**
 * A data directory and what belongs to it. The settings stand in postgresql.conf, not on the
 * command line, so that ALTER SYSTEM can change them. The password is 128 random bits: no number of
 * SCRAM iterations makes it harder to guess, and each would cost every log-in its time.
 */
final class PostgresCluster {
  static final String USER = "postgres";
  private static final int PASSWORD_BYTES = 16;
  private static final String SETTINGS =
      """

      # Veer's sandbox: what a source needs, and nothing that makes a commit less than a commit.
      wal_level = logical
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      max_wal_senders = 100
      max_replication_slots = 100
      max_prepared_transactions = 20
      max_connections = 200
      shared_buffers = 128MB
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      timezone = 'UTC'
      log_timezone = 'UTC'
      log_line_prefix = '%m [%p] '
      """;

  private final ServerDirectory directory;
  private final PostgresBinaries binaries;
  private final PostgresUser user;

  PostgresCluster(ServerDirectory directory, PostgresBinaries binaries, PostgresUser user) {
    this.directory = directory;
    this.binaries = binaries;
    this.user = user;
  }

  private Path data() {
    return directory.resolve("data");
  }

  /** Creates the cluster, unless the directory already holds one that was finished. */
  void create() {
    if (Files.exists(directory.resolve("created"))) {
      return;
    }
    try {
      ServerDirectory.delete(data());
      Path password = writePassword();
      user.own(directory.path());
      initialize(password);
      Files.writeString(data().resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
      PrivateFiles.write(directory.resolve("created"), "yes\n");
    } catch (IOException e) {
      throw new SandboxFailure(
          "Cannot create a PostgreSQL cluster in " + directory.path() + ": " + e, e);
    }
  }

  private Path writePassword() throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Path file = directory.resolve("password");
    return PrivateFiles.write(file, HexFormat.of().formatHex(random));
  }

  private void initialize(Path password) {
    List<String> command =
        user.command(
            binaries.program("initdb"),
            List.of(
                "--pgdata=" + data(),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--no-instructions"));
    Programs.Result result = Programs.run(command);
    if (!result.succeeded()) {
      throw new SandboxFailure(
          StartupFailures.explain("PostgreSQL", result.output(), directory.path()));
    }
  }

  /** Writes what the server shows and whom it lets in; a reload makes it true. */
  void secure(PostgresAccess access) {
    String superuser = "host all " + USER + " 127.0.0.1/32 scram-sha-256\n";
    try {
      PrivateFiles.write(data().resolve("server.crt"), access.server().certificatePem());
      PrivateFiles.write(data().resolve("server.key"), access.server().keyPem());
      PrivateFiles.write(data().resolve("clients.crt"), Identity.pem(access.clients()));
      PrivateFiles.write(
          data().resolve("pg_hba.conf"), superuser + String.join("\n", access.rules()) + "\n");
    } catch (IOException e) {
      throw new SandboxFailure("Cannot secure " + data() + ": " + e, e);
    }
    user.own(data());
  }

  String password() {
    try {
      return Files.readString(directory.resolve("password"), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new SandboxFailure("Cannot read the password in " + directory.path() + ": " + e, e);
    }
  }

  /** Starts the server; it is not ready yet. */
  OwnedProcess launch(int port) {
    StaleProcess.end(data().resolve("postmaster.pid"), data().toString(), "INT");
    List<String> command =
        user.command(
            binaries.program("postgres"), List.of("-D", data().toString(), "-p", port + ""));
    return OwnedProcess.start("PostgreSQL", command, "INT", directory.resolve("server.log"));
  }
}
