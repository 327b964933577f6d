package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.stamp.StampStore;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process that stands still in the middle of taking over holds the wave's records locked. */
class PausedTakeOverIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static SandboxPostgres server;

  @BeforeAll
  static void startServer() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void doesNotKeepTheNextOneOut() throws Exception {
    try (World world = new World(server)) {
      CountDownLatch standing = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      TargetDialect pausing = pausing(standing, goOn);
      CompletableFuture<@Nullable Failure> paused =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  StampStore.takeOver(pausing, world.targetConnections(), world.wave);
                  return null;
                } catch (Failure failure) {
                  return failure;
                }
              });
      standing.await();

      await()
          .atMost(PATIENCE)
          .ignoreExceptionsMatching(PausedTakeOverIT::isTransient)
          .until(
              () ->
                  StampStore.takeOver(new PostgresTarget(), world.targetConnections(), world.wave)
                      != null);

      goOn.countDown();
      Failure end = paused.get();
      assertThat(end).isNotNull();
      assertThat(end.kind()).isEqualTo(FailureKind.TRANSIENT);
      assertThat(world.query(world.target(), "SELECT epoch FROM veer.stamp")).isEqualTo("1");
    }
  }

  private static boolean isTransient(Throwable thrown) {
    return thrown instanceof Failure failure && failure.kind() == FailureKind.TRANSIENT;
  }

  /** Stands still before the second commit: that of the new epoch. */
  private static TargetDialect pausing(CountDownLatch standing, CountDownLatch goOn) {
    PostgresTarget target = new PostgresTarget();
    return proxy(
        TargetDialect.class,
        target,
        (name, result) ->
            result instanceof TargetSession session
                ? proxy(
                    TargetSession.class,
                    session,
                    new Watch() {
                      private int commits;

                      @Override
                      public void before(String call) throws InterruptedException {
                        if (call.equals("commit") && ++commits == 2) {
                          standing.countDown();
                          goOn.await();
                        }
                      }

                      @Override
                      public @Nullable Object after(String call, @Nullable Object answer) {
                        return answer;
                      }
                    })
                : result);
  }

  private interface Watch {
    default void before(String call) throws InterruptedException {}

    @Nullable Object after(String call, @Nullable Object answer);
  }

  private static <T> T proxy(Class<T> type, T real, Watch watch) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              watch.before(method.getName());
              try {
                return watch.after(method.getName(), method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
