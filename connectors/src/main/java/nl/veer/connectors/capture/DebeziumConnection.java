package nl.veer.connectors.capture;

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
   * As startup options, because those win over both; PgJDBC itself sets DateStyle and
   * extra_float_digits.
   */
  private static final String SESSION =
      "-c bytea_output=hex -c IntervalStyle=postgres -c lc_monetary=C";

  private DebeziumConnection() {}

  static Properties settings(DatabaseEndpoint endpoint) {
    Properties url = Driver.parseURL(endpoint.url(), new Properties());
    if (url == null) {
      throw refused("it is not a PostgreSQL URL");
    }
    String host = url.getProperty("PGHOST", "");
    if (host.isEmpty() || host.contains(",") || url.getProperty("PGPORT", "").contains(",")) {
      throw refused("the source must be one host; a log belongs to one server");
    }
    Properties settings = new Properties();
    for (String name : url.stringPropertyNames()) {
      if (!PLACE.contains(name)) {
        pass(settings, name, url.getProperty(name));
      }
    }
    endpoint.properties().forEach((name, value) -> pass(settings, name, value));
    settings.setProperty("database.hostname", host);
    settings.setProperty("database.port", url.getProperty("PGPORT", "5432"));
    settings.setProperty("database.dbname", url.getProperty("PGDBNAME", endpoint.user()));
    settings.setProperty("database.user", endpoint.user());
    settings.setProperty("database.password", endpoint.password().reveal());
    String options = settings.getProperty("driver.options", "");
    pass(settings, "options", (options + " " + SESSION).strip());
    return settings;
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
