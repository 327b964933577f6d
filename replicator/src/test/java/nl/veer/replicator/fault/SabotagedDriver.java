package nl.veer.replicator.fault;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/**
 * PostgreSQL's driver behind URLs of its own, so that whoever opens a connection by such a URL gets
 * one whose every call can fail: the connection's, its statements' and its COPYs'. Results are not
 * among them: the driver has read them whole when it hands them over. Registered with {@link
 * DriverManager} while open. Safe for several threads.
 */
final class SabotagedDriver implements Driver, AutoCloseable {
  private final Driver real = new org.postgresql.Driver();
  private final List<Connection> opened = new CopyOnWriteArrayList<>();
  private final Saboteur saboteur;
  private final String scheme;

  /**
   * @param name tells this driver from another one in this JVM
   */
  SabotagedDriver(String name, Saboteur saboteur) throws SQLException {
    this.scheme = "jdbc:" + name + ":";
    this.saboteur = saboteur;
    DriverManager.registerDriver(this);
  }

  /** The URL that leads through this driver. */
  String through(String url) {
    return scheme + url;
  }

  /** How many of the connections that were opened are not closed. */
  long open() throws SQLException {
    for (Connection connection : opened) {
      if (connection.isClosed()) {
        opened.remove(connection);
      }
    }
    return opened.size();
  }

  /** Cuts the network of every connection, in the middle of whatever is being said. */
  void cutAll() throws SQLException {
    for (Connection connection : opened) {
      connection.abort(Runnable::run);
    }
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    AtomicReference<@Nullable Connection> made = new AtomicReference<>();
    BaseConnection connection =
        (BaseConnection)
            called(
                "Driver.connect",
                () -> {
                  Connection one = real.connect(url.substring(scheme.length()), properties);
                  made.set(one);
                  opened.add(one);
                  return one;
                },
                (fault, call) -> {
                  Connection lost = made.get();
                  if (lost != null) {
                    lost.close();
                  }
                  return fault.ofDriver();
                });
    return saboteur.sabotaged(
        Connection.class,
        connection,
        answer -> wrapped(connection, answer),
        breaking(connection),
        BaseConnection.class);
  }

  private Object called(String call, Saboteur.Work work, Saboteur.Breaking breaking)
      throws SQLException {
    try {
      Object answer = saboteur.call(call, work, breaking);
      if (answer == null) {
        throw new IllegalStateException(call + " answered nothing");
      }
      return answer;
    } catch (SQLException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Object wrapped(BaseConnection connection, @Nullable Object answer)
      throws SQLException {
    if (answer instanceof PreparedStatement) {
      return said(PreparedStatement.class, connection, answer);
    } else if (answer instanceof Statement) {
      return said(Statement.class, connection, answer);
    } else if (answer instanceof CopyManager) {
      return new Copies(connection);
    }
    return answer;
  }

  private <T> T said(Class<T> face, BaseConnection connection, Object real) {
    return saboteur.sabotaged(face, real, answer -> answer, breaking(connection));
  }

  /** A driver gives up the socket also when it cannot take its leave. */
  private static Saboteur.Breaking breaking(BaseConnection connection) {
    return (fault, call) -> {
      if (fault.breaksConnection() || call.equals("Connection.close")) {
        connection.abort(Runnable::run);
      }
      return fault.ofDriver();
    };
  }

  /** The driver's class has no interface; what Veer does not use is not sabotaged. */
  private final class Copies extends CopyManager {
    private final BaseConnection connection;

    Copies(BaseConnection connection) throws SQLException {
      super(connection);
      this.connection = connection;
    }

    @Override
    public CopyIn copyIn(String sql) throws SQLException {
      Object copy = called("CopyManager.copyIn", () -> super.copyIn(sql), breaking(connection));
      return said(CopyIn.class, connection, copy);
    }

    @Override
    public CopyOut copyOut(String sql) throws SQLException {
      Object copy = called("CopyManager.copyOut", () -> super.copyOut(sql), breaking(connection));
      return said(CopyOut.class, connection, copy);
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(scheme);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return real.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return real.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return real.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return real.getParentLogger();
  }

  @Override
  public void close() throws SQLException {
    DriverManager.deregisterDriver(this);
  }
}
