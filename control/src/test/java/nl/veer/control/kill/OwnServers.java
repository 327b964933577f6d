package nl.veer.control.kill;

import java.util.concurrent.CompletableFuture;
import nl.veer.control.crossing.Servers;
import nl.veer.sandbox.kafka.KafkaProcess;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.registry.SandboxRegistry;

/** Servers that a test may end in any way: each is a process of its own. */
record OwnServers(
    SandboxPostgres source, SandboxPostgres target, KafkaProcess kafka, SandboxRegistry registry)
    implements AutoCloseable {

  /** All start at the same time. */
  static OwnServers start() {
    CompletableFuture<SandboxRegistry> registry =
        CompletableFuture.supplyAsync(SandboxRegistry::startTemporary);
    CompletableFuture<KafkaProcess> kafka =
        CompletableFuture.supplyAsync(KafkaProcess::startTemporary);
    SandboxPostgres source = SandboxPostgres.startTemporary();
    SandboxPostgres target = SandboxPostgres.startTemporary();
    return new OwnServers(source, target, kafka.join(), registry.join());
  }

  Servers servers() {
    return new Servers(source, target, kafka.bootstrap(), registry.url());
  }

  @Override
  public void close() {
    kafka.close();
    registry.close();
    target.close();
    source.close();
  }
}
