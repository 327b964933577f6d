package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.event.TableId;
import nl.veer.control.cutover.OutageWriter.Place;
import org.junit.jupiter.api.Test;

class OutageWriterTest {
  private static final TableId TABLE = new TableId("public", "orders");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean fenced;

  @Test
  void doesNotKeepTheServerBusyWhileItIsRefused() {
    OutageWriter writer = new OutageWriter(new Place(this::session, TABLE), null);
    writer.start();
    assertThat(writer.awaitAccepted(LONG)).isTrue();
    long begin = System.nanoTime();
    fenced = true;
    await().until(() -> refusals.get() > 10);
    assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(150).toNanos());
    writer.close();
  }

  @Test
  void countsFromTheLastWriteOnTheOneSideToTheFirstOnTheOther() {
    OutageWriter writer = new OutageWriter(new Place(this::session, TABLE), null);
    writer.start();
    assertThat(writer.awaitAccepted(LONG)).isTrue();
    fenced = true;
    await().until(() -> refusals.get() > 5);
    writer.moveTo(new Place(() -> session(false), TABLE));
    await().until(() -> writer.longestPause().compareTo(Duration.ofMillis(60)) > 0);
    assertThat(writer.wasStopped()).isTrue();
    assertThat(writer.awaitAccepted(LONG)).isTrue();
    writer.close();
  }

  private Connection session() {
    return session(true);
  }

  /** One that refuses all but settings while there is a fence. */
  private Connection session(boolean behindFence) {
    Statement statement =
        (Statement)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Statement.class},
                (proxy, method, arguments) -> {
                  boolean writes =
                      method.getName().equals("execute")
                          && String.valueOf(arguments[0]).startsWith("DELETE");
                  if (writes && behindFence && fenced) {
                    refusals.incrementAndGet();
                    throw new SQLException("The fence is up");
                  }
                  return method.getReturnType() == boolean.class ? false : null;
                });
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "createStatement" -> statement;
                  case "isClosed" -> false;
                  default -> null;
                });
  }
}
