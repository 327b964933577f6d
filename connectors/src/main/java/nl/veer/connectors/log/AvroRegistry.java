package nl.veer.connectors.log;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.event.codec.SchemaIds;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry, through Confluent's own client. A subject is the topic and the record's full
 * name, as Confluent's TopicRecordNameStrategy has it, for one topic holds the records of many
 * tables. Ids are kept for the life of this object.
 *
 * <p>Every subject is set to FULL_TRANSITIVE: whoever holds any version of a schema can read every
 * record of its name. That blocks nothing on the source: columns are optional, so adding and
 * dropping them is compatible, and {@code EventEncoder} gives a new name to what is not.
 *
 * <p>Safe for use by several threads.
 */
public final class AvroRegistry implements SchemaIds, AutoCloseable {
  private static final String COMPATIBILITY = "FULL_TRANSITIVE";

  /** Schemas of one subject that the client keeps; more mean a schema that never settles. */
  private static final int CLIENT_CACHE = 10_000;

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;

  private final SchemaRegistryClient client;
  private final String url;
  private final String topic;
  private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  public AvroRegistry(RegistryEndpoint registry, WaveId wave) {
    this(
        new CachedSchemaRegistryClient(
            List.of(registry.url()), CLIENT_CACHE, registry.properties()),
        registry.url(),
        wave);
  }

  AvroRegistry(SchemaRegistryClient client, String url, WaveId wave) {
    this.client = client;
    this.url = url;
    this.topic = wave.logTopic();
  }

  @Override
  public int idOf(Schema schema) throws SchemaIncompatible {
    Integer known = ids.get(schema);
    if (known != null) {
      return known;
    }
    String subject = topic + "-" + schema.getFullName();
    try {
      int id = register(subject, schema);
      ids.put(schema, id);
      return id;
    } catch (RestClientException e) {
      if (e.getStatus() == CONFLICT) {
        throw new SchemaIncompatible("The registry refuses a schema of " + subject, e);
      }
      throw failure("register a schema of " + subject, e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  @Override
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    try {
      ParsedSchema parsed = client.getSchemaById(id);
      if (!(parsed instanceof AvroSchema avro)) {
        throw lost(id, null);
      }
      schemas.put(id, avro.rawSchema());
      return avro.rawSchema();
    } catch (RestClientException e) {
      throw e.getStatus() == NOT_FOUND ? lost(id, e) : failure("read schema " + id, e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** The rule is set before a second version can come, and again at each start. */
  private int register(String subject, Schema schema) throws IOException, RestClientException {
    boolean ruled = settled.contains(subject) || isRuled(subject);
    int id = client.register(subject, new AvroSchema(schema));
    if (!ruled) {
      client.updateCompatibility(subject, COMPATIBILITY);
    }
    settled.add(subject);
    return id;
  }

  /** Some registries cannot set a rule for a subject that has no schema yet. */
  private boolean isRuled(String subject) throws IOException, RestClientException {
    try {
      client.updateCompatibility(subject, COMPATIBILITY);
      return true;
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private Failure failure(String step, RestClientException e) {
    int status = e.getStatus();
    String text = "The schema registry " + url + " answers " + status + " to: " + step + ". ";
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return new Failure(
          FailureKind.CONFIGURATION,
          "REGISTRY_DENIED",
          text + "Check the registry's user and rights (basic.auth.user.info, bearer.auth.token).",
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

  private Failure unreachable(IOException e) {
    return new Failure(
        FailureKind.TRANSIENT,
        "REGISTRY_UNAVAILABLE",
        "The schema registry " + url + " cannot be reached: " + e + ".",
        e);
  }

  private Failure lost(int id, @Nullable Throwable cause) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "SCHEMA_LOST",
        "The schema registry "
            + url
            + " has no Avro schema "
            + id
            + ", which the log needs. It must be as durable as the log: restore it, or load anew"
            + " with veer load --again.",
        cause);
  }
}
