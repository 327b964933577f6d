package nl.veer.connectors.capture;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.postgresql.Driver;

/**
 * The source's JDBC URL as Debezium's connection settings. PgJDBC itself takes the URL apart, so
 * that both read it the same way; what Debezium cannot say (several hosts) is refused.
 */
final class DebeziumConnection {
  private static final Set<String> PLACE =
      Set.of("PGHOST", "PGPORT", "PGDBNAME", "user", "password");

  /**
   * What the server writes must have one form, whatever the settings of the database or the user.
   * As startup options, because those win over both. PgJDBC itself sets DateStyle at startup; it
   * leaves extra_float_digits to servers from 12 on, where a setting below 1 rounds floats.
   */
  private static final String SESSION =
      "-c bytea_output=hex -c IntervalStyle=postgres -c lc_monetary=C -c extra_float_digits=3";

  /**
   * The server gives the slot free this long after it last heard of the capture, however long its
   * own settings say; Debezium speaks up every ten seconds, but what it says is read only behind
   * the row that is being sent.
   */
  private static final int SENDER_MILLIS = 60_000;

  /** A slower link than this does not carry the largest row in its time. */
  private static final int SLOWEST_LINK_BYTES_PER_SECOND = 4 << 20;

  private static final String WALSENDER =
      "-c wal_sender_timeout=%d -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10"
          + " -c tcp_keepalives_count=3";

  /** Debezium's own questions are short; its stream is polled, and watched by others. */
  private static final String ANSWER_SECONDS = "60";

  private DebeziumConnection() {}

  /**
   * @param sockets properties of the driver that let its sockets be watched
   * @param maxRecordBytes the largest row that may have to come through
   */
  static Properties settings(
      DatabaseEndpoint endpoint, Map<String, String> sockets, int maxRecordBytes) {
    Properties url = Driver.parseURL(endpoint.url(), new Properties());
    if (url == null) {
      throw refused("it is not a PostgreSQL URL");
    }
    String host = url.getProperty("PGHOST", "");
    if (host.isEmpty() || host.contains(",") || url.getProperty("PGPORT", "").contains(",")) {
      throw refused("the source must be one host; a log belongs to one server");
    }
    Properties settings = new Properties();
    pass(settings, "socketTimeout", ANSWER_SECONDS);
    sockets.forEach((name, value) -> pass(settings, name, value));
    for (String name : url.stringPropertyNames()) {
      if (!PLACE.contains(name)) {
        pass(settings, name, url.getProperty(name));
      }
    }
    endpoint.properties().forEach((name, value) -> pass(settings, name, value));
    settings.setProperty("database.hostname", host);
    settings.setProperty("database.port", url.getProperty("PGPORT", "5432"));
    settings.setProperty("database.dbname", plain(url.getProperty("PGDBNAME", endpoint.user())));
    settings.setProperty("database.user", harmless(endpoint.user()));
    settings.setProperty("database.password", endpoint.password().reveal());
    String options = settings.getProperty("driver.options", "");
    pass(settings, "options", String.join(" ", walSender(maxRecordBytes), options, SESSION));
    return settings;
  }

  private static String walSender(int maxRecordBytes) {
    long transfer = 1_000L * maxRecordBytes / SLOWEST_LINK_BYTES_PER_SECOND;
    return WALSENDER.formatted(SENDER_MILLIS + 2 * transfer);
  }

  /** Debezium puts the name into a URL as it is, where some characters have a meaning. */
  private static String plain(String database) {
    Properties again = Driver.parseURL("jdbc:postgresql://host:1/" + database, new Properties());
    if (again == null
        || !database.equals(again.getProperty("PGDBNAME"))
        || database.contains("${")) {
      throw refused(
          "the database's name "
              + database
              + " has one of the characters %, ?, + and /, or ${; rename it, for the move at least");
    }
    return database;
  }

  /** Debezium puts it into a statement, between quotes, as it is. */
  private static String harmless(String user) {
    if (user.contains("'") || user.contains("\\")) {
      throw refused("the user " + user + " has a quote or a backslash; use another role");
    }
    return user;
  }

  private static void pass(Properties settings, String name, String value) {
    settings.setProperty("database." + name, value);
    settings.setProperty("driver." + name, value);
  }

  private static Failure refused(String why) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "SOURCE_URL",
        "The source's URL cannot be captured from: "
            + why
            + ". Write it as jdbc:postgresql://host:port/database.");
  }
}
