package nl.veer.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import nl.veer.sandbox.kafka.SandboxKafka;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.process.ServerDirectory;
import nl.veer.sandbox.registry.SandboxRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole world: source, target, broker and registry, started at the same time under one
 * directory. A temporary one is deleted on close; a kept one is found again, on the same ports. All
 * ends on close and, unless {@link #withoutExitHook} was called, when the JVM exits.
 */
public final class Sandbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

  private final ServerDirectory directory;
  private final SandboxPostgres source;
  private final SandboxPostgres target;
  private final SandboxKafka kafka;
  private final SandboxRegistry registry;
  private final Duration timeToReady;
  private final Thread exitHook = new Thread(this::closeOnce, "sandbox-exit");
  private boolean closed;

  private Sandbox(ServerDirectory directory) {
    long begin = System.nanoTime();
    this.directory = directory;
    ExecutorService starters = Executors.newFixedThreadPool(4);
    List<CompletableFuture<? extends AutoCloseable>> all = new ArrayList<>();
    try {
      CompletableFuture<SandboxRegistry> aRegistry =
          starting(starters, all, () -> SandboxRegistry.start(directory.resolve("registry")));
      CompletableFuture<SandboxPostgres> aSource =
          starting(starters, all, () -> SandboxPostgres.start(directory.resolve("source")));
      CompletableFuture<SandboxPostgres> aTarget =
          starting(starters, all, () -> SandboxPostgres.start(directory.resolve("target")));
      CompletableFuture<SandboxKafka> aKafka =
          starting(starters, all, () -> SandboxKafka.start(directory.resolve("kafka")));
      this.registry = aRegistry.join();
      this.source = aSource.join();
      this.target = aTarget.join();
      this.kafka = aKafka.join();
    } catch (CompletionException e) {
      all.forEach(Sandbox::closeWhatStarted);
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      starters.shutdown();
    }
    this.timeToReady = Duration.ofNanos(System.nanoTime() - begin);
    try {
      Runtime.getRuntime().addShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      closeOnce();
      throw new SandboxFailure("The sandbox was ended while it started.", e);
    }
    LOG.atInfo().addKeyValue("millis", timeToReady.toMillis()).log("The sandbox is ready");
  }

  private static <T extends AutoCloseable> CompletableFuture<T> starting(
      ExecutorService starters,
      List<CompletableFuture<? extends AutoCloseable>> all,
      Supplier<T> start) {
    CompletableFuture<T> future = CompletableFuture.supplyAsync(start, starters);
    all.add(future);
    return future;
  }

  private static void closeWhatStarted(CompletableFuture<? extends AutoCloseable> started) {
    try {
      started.join().close();
    } catch (Exception e) {
      LOG.debug("A part of the sandbox did not start", e);
    }
  }

  /** Starts a sandbox in a directory that is kept; what it already holds is used. */
  public static Sandbox start(Path directory) {
    return started(ServerDirectory.kept(directory));
  }

  /** Starts a sandbox that leaves nothing behind. */
  public static Sandbox startTemporary() {
    return started(ServerDirectory.temporary("sandbox"));
  }

  private static Sandbox started(ServerDirectory directory) {
    try {
      return new Sandbox(directory);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** For a caller with an exit hook of its own, who must end other things first and then this. */
  public Sandbox withoutExitHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is exiting already, and the hook at work", e);
    }
    return this;
  }

  public SandboxPostgres source() {
    return source;
  }

  public SandboxPostgres target() {
    return target;
  }

  public SandboxKafka kafka() {
    return kafka;
  }

  public SandboxRegistry registry() {
    return registry;
  }

  public Path directory() {
    return directory.path();
  }

  public Duration timeToReady() {
    return timeToReady;
  }

  @Override
  public void close() {
    closeOnce();
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      LOG.debug("The JVM is exiting already", e);
    }
  }

  private synchronized void closeOnce() {
    if (!closed) {
      closed = true;
      List<AutoCloseable> parts = List.of(kafka, registry, target, source);
      CompletableFuture.allOf(
              parts.stream()
                  .map(part -> CompletableFuture.runAsync(() -> closeQuietly(part)))
                  .toArray(CompletableFuture[]::new))
          .join();
      closeQuietly(directory);
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("A part of the sandbox did not end well", e);
    }
  }
}
