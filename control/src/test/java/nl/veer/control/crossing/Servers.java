package nl.veer.control.crossing;

import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.postgres.SandboxPostgres;

/**
 * The servers that a world is on.
 *
 * @param bootstrap where Kafka is
 * @param registry the registry's URL
 */
public record Servers(
    SandboxPostgres source, SandboxPostgres target, String bootstrap, String registry) {

  public static Servers of(Sandbox sandbox) {
    return new Servers(
        sandbox.source(), sandbox.target(), sandbox.kafka().bootstrap(), sandbox.registry().url());
  }
}
