package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.postgres.PostgresColumnTypes;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations.Root;
import nl.veer.connectors.event.TableId;
import org.apache.kafka.connect.connector.Task;

/**
 * Debezium's PostgreSQL connector, with one difference: values reach the converters as the text
 * that the server sent. Debezium would read an interval, a timetz or a money first, and lose what
 * its Java type does not hold. Made by the engine, hence public.
 */
public final class RawTextConnector extends PostgresConnector {

  @Override
  public Class<? extends Task> taskClass() {
    return RawTextTask.class;
  }

  /** The task of {@link RawTextConnector}. */
  public static final class RawTextTask extends PostgresConnectorTask {

    @Override
    protected ReplicationConnection buildReplicationConnection(
        PostgresConnection connection, PostgresSchema schema, PostgresConnectorConfig config)
        throws SQLException {
      ReplicationConnection replication =
          super.buildReplicationConnection(connection, schema, config);
      return new RawTextReplication(
          RelationGuard.before(
              replication, tables(config), types -> refusals(config, types), bound(config)));
    }

    private static RecordBound bound(PostgresConnectorConfig config) {
      return new RecordBound(config.getConfig().getInteger(EngineSettings.MAX_RECORD_BYTES));
    }

    /** On a connection of its own: Debezium's are in the middle of something. */
    private static Map<Long, String> refusals(PostgresConnectorConfig config, Set<Long> types)
        throws SQLException {
      try (PostgresConnection judging =
          new PostgresConnection(config.getJdbcConfig(), "Veer column types")) {
        return PostgresColumnTypes.refusals(judging.connection(), types);
      }
    }

    private static Map<Long, TableId> tables(PostgresConnectorConfig config) {
      return PostgresWaveRelations.parse(config.getConfig().getString(EngineSettings.TABLES))
          .roots()
          .stream()
          .collect(Collectors.toMap(Root::oid, Root::name));
    }
  }
}
