package nl.veer.connectors.log;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;

/** Asks the registry whether it is there and lets Veer in. */
public final class RegistryPreflight {
  private RegistryPreflight() {}

  /**
   * Lists the subjects, which needs the same rights as reading a schema.
   *
   * @return how many subjects there are
   */
  public static int subjects(RegistryEndpoint endpoint) throws IOException {
    try (SchemaRegistryClient client =
        new CachedSchemaRegistryClient(endpoint.url(), 10, endpoint.properties())) {
      return client.getAllSubjects().size();
    } catch (RestClientException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
