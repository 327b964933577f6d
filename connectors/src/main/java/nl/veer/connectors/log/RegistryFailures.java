package nl.veer.connectors.log;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.TlsRefusal;

/** Opens the registry's client and turns what it throws into {@link Failure}s. */
final class RegistryFailures {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;

  private RegistryFailures() {}

  /**
   * @throws Failure CONFIGURATION if its properties cannot work
   */
  static SchemaRegistryClient open(RegistryEndpoint registry, int cache) {
    try {
      return new CachedSchemaRegistryClient(List.of(registry.url()), cache, registry.settings());
    } catch (RuntimeException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "REGISTRY_REFUSED",
          "The schema registry's client does not take registry.properties: "
              + TlsRefusal.reason(e).orElse(e.getClass().getSimpleName())
              + ".",
          e);
    }
  }

  /** The registry answered, but not what was hoped for. */
  static Failure answered(String url, String step, RestClientException e) {
    int status = e.getStatus();
    String text = "The schema registry " + url + " answers " + status + " to: " + step + ". ";
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return new Failure(
          FailureKind.CONFIGURATION,
          "REGISTRY_DENIED",
          text
              + "Check the user and rights in registry.properties (basic.auth.user.info,"
              + " bearer.auth.token).",
          e);
    }
    if (status >= 500 || status == TOO_MANY_REQUESTS) {
      return new Failure(FailureKind.TRANSIENT, "REGISTRY_UNAVAILABLE", text, e);
    }
    return new Failure(
        FailureKind.CONFIGURATION,
        "REGISTRY_REFUSED",
        text + "Check that the URL is the base of Confluent's REST API. " + e.getMessage(),
        e);
  }

  /** No answer came. */
  static Failure unreachable(String url, IOException e) {
    return TlsRefusal.reason(e)
        .map(
            reason ->
                new Failure(
                    FailureKind.CONFIGURATION,
                    "TLS_REFUSED",
                    "There is no TLS with the schema registry %s: %s. Check registry.url and the"
                            .formatted(url, reason)
                        + " schema.registry.ssl settings of registry.properties.",
                    e))
        .orElseGet(
            () ->
                new Failure(
                    FailureKind.TRANSIENT,
                    "REGISTRY_UNAVAILABLE",
                    "The schema registry " + url + " cannot be reached: " + e + ".",
                    e));
  }
}
