package nl.veer.connectors.log;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;

/** Asks the registry whether it is there and lets Veer in. */
public final class RegistryPreflight {
  private static final int CACHE = 10;

  private RegistryPreflight() {}

  /**
   * Lists the subjects, which needs the same rights as reading a schema.
   *
   * @return how many subjects there are
   * @throws nl.veer.connectors.failure.Failure saying what is wrong
   */
  public static int subjects(RegistryEndpoint endpoint) {
    try (SchemaRegistryClient client = RegistryFailures.open(endpoint, CACHE)) {
      return client.getAllSubjects().size();
    } catch (RestClientException e) {
      throw RegistryFailures.answered(endpoint.url(), "list the subjects", e);
    } catch (IOException e) {
      throw RegistryFailures.unreachable(endpoint.url(), e);
    }
  }
}
