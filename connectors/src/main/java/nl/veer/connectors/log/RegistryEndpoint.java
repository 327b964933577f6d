package nl.veer.connectors.log;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the schema registry is.
 *
 * @param url base of Confluent's REST API, for example {@code
 *     http://127.0.0.1:8081/apis/ccompat/v7}
 * @param properties the registry client's own settings (basic auth, bearer token, TLS); may hold
 *     secrets, so they are never printed
 */
public record RegistryEndpoint(String url, Map<String, String> properties) {
  /** The client's own limits are a minute each; a registry answers at once, or is away. */
  private static final Map<String, String> LIMITS =
      Map.of("http.connect.timeout.ms", "5000", "http.read.timeout.ms", "10000");

  public RegistryEndpoint {
    properties = Map.copyOf(properties);
  }

  /** The settings for the client: what is not set has a limit that fits. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(LIMITS);
    settings.putAll(properties);
    return settings;
  }

  @Override
  public String toString() {
    return "RegistryEndpoint[" + url + "]";
  }
}
