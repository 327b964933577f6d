package nl.veer.benchmarks.connect;

import nl.veer.sandbox.postgres.SandboxPostgres;

/** Where a connector finds its database. */
public record Database(String host, int port, String name, String user, String password) {

  /** A database of a sandbox's server, as superuser. */
  public static Database of(SandboxPostgres server, String name) {
    return new Database("127.0.0.1", server.port(), name, server.user(), server.password());
  }

  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + name;
  }

  @Override
  public String toString() {
    return jdbcUrl();
  }
}
