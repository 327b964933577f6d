package nl.veer.connectors.dialect;

import java.util.Map;

/**
 * Where a database is and who Veer is there.
 *
 * @param url JDBC URL, for example {@code jdbc:postgresql://db.example.org:5432/shop}
 * @param properties further driver properties, for example {@code sslmode=verify-full}; may hold
 *     secrets, so they are never printed
 */
public record DatabaseEndpoint(
    String url, String user, Secret password, Map<String, String> properties) {

  public DatabaseEndpoint {
    properties = Map.copyOf(properties);
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "DatabaseEndpoint[" + user + " at " + url + "]";
  }
}
