package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private static final String URL = "jdbc:no-heart:";

  @Test
  void goOnAfterWhateverADriverThrows() throws Exception {
    FailingDriver driver = new FailingDriver();
    DriverManager.registerDriver(driver);
    SourceConnections source =
        new SourceConnections(new DatabaseEndpoint(URL, "u", new Secret("p"), Map.of()));
    try (Heartbeats beats =
        Heartbeats.start(source, new WaveId("it", "w"), Duration.ofMillis(1), Clock.systemUTC())) {
      await().until(() -> driver.attempts.get() > FailingDriver.FAILURES + 1);
    } finally {
      DriverManager.deregisterDriver(driver);
    }
    assertThat(driver.attempts.get()).isGreaterThan(FailingDriver.FAILURES);
  }

  /** Throws one of each kind, then for ever connections that break at their first use. */
  private static final class FailingDriver implements Driver {
    static final int FAILURES = 2;
    final AtomicInteger attempts = new AtomicInteger();

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
      if (!acceptsURL(url)) {
        return null;
      }
      switch (attempts.incrementAndGet()) {
        case 1 -> throw new IllegalStateException("a driver's bug");
        case FAILURES -> throw new SQLException("away", "08006");
        default -> {
          return broken();
        }
      }
    }

    private static Connection broken() {
      return (Connection)
          Proxy.newProxyInstance(
              HeartbeatsTest.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (self, method, arguments) -> {
                throw new IllegalStateException("broken");
              });
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith(URL);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
