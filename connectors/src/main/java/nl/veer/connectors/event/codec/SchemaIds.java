package nl.veer.connectors.event.codec;

import org.apache.avro.Schema;

/** Where schemas get and keep their ids: the schema registry. Safe for use by several threads. */
public interface SchemaIds {

  /**
   * The id of this schema, registered if it was not.
   *
   * @throws SchemaIncompatible if the registry holds earlier schemas of this name that do not go
   *     with it
   * @throws nl.veer.connectors.failure.Failure CONFIGURATION or TRANSIENT
   */
  int idOf(Schema schema) throws SchemaIncompatible;

  /**
   * The schema of this id.
   *
   * @throws nl.veer.connectors.failure.Failure SOURCE_DATA if there is none, CONFIGURATION,
   *     TRANSIENT
   */
  Schema byId(int id);

  /** The registry refuses a schema, because readers of the earlier ones could not read it. */
  final class SchemaIncompatible extends Exception {
    private static final long serialVersionUID = 1L;

    public SchemaIncompatible(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
