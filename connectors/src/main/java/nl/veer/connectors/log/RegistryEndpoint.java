package nl.veer.connectors.log;

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

  public RegistryEndpoint {
    properties = Map.copyOf(properties);
  }

  @Override
  public String toString() {
    return "RegistryEndpoint[" + url + "]";
  }
}
