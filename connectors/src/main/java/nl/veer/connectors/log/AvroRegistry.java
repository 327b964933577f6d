package nl.veer.connectors.log;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nl.veer.connectors.event.LogId;
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

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final SchemaRegistryClient client;
  private final String url;
  private final String topic;
  private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  public AvroRegistry(RegistryEndpoint registry, LogId log) {
    this(RegistryFailures.open(registry, CLIENT_CACHE), registry.url(), log);
  }

  AvroRegistry(SchemaRegistryClient client, String url, LogId log) {
    this.client = client;
    this.url = url;
    this.topic = log.logTopic();
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
      if (id < 1) {
        throw RegistryFailures.unreachable(
            url, new IOException("its answer is none (a schema's id of " + id + ")"));
      }
      ids.put(schema, id);
      return id;
    } catch (RestClientException e) {
      if (e.getStatus() == CONFLICT) {
        throw new SchemaIncompatible("The registry refuses a schema of " + subject, e);
      }
      throw RegistryFailures.answered(url, "register a schema of " + subject, e);
    } catch (IOException e) {
      throw RegistryFailures.unreachable(url, e);
    } catch (Failure e) {
      throw e;
    } catch (RuntimeException e) {
      throw noAnswer(e);
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
      throw e.getStatus() == NOT_FOUND
          ? lost(id, e)
          : RegistryFailures.answered(url, "read schema " + id, e);
    } catch (IOException e) {
      throw isUnreadableSchema(e) ? lost(id, e) : RegistryFailures.unreachable(url, e);
    } catch (Failure e) {
      throw e;
    } catch (RuntimeException e) {
      throw noAnswer(e);
    }
  }

  /** The client trips over answers that are JSON, but not the answer to its question. */
  private Failure noAnswer(RuntimeException e) {
    return RegistryFailures.unreachable(
        url, new IOException("its answer is none (" + e.getClass().getName() + ")", e));
  }

  /** The client has no exception of its own for an answer that came, but holds no schema. */
  private static boolean isUnreadableSchema(IOException e) {
    return e.getClass() == IOException.class
        && String.valueOf(e.getMessage()).startsWith("Invalid");
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw RegistryFailures.unreachable(url, e);
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
