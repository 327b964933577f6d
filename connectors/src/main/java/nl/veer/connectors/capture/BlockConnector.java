package nl.veer.connectors.capture;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.postgres.PostgresColumnTypes;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations.Root;
import nl.veer.connectors.event.TableId;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's PostgreSQL connector, with one difference: rows go beside its structs and its queue,
 * in blocks, each of which it handles like a single row. Made by the engine, hence public.
 */
public final class BlockConnector extends PostgresConnector {

  @Override
  public Class<? extends Task> taskClass() {
    return BlockTask.class;
  }

  /** The task of {@link BlockConnector}. */
  public static final class BlockTask extends PostgresConnectorTask {
    /** How long the publisher waits at a time; Debezium's failures are seen behind that. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private volatile @Nullable EventQueue events;

    /** Asks Debezium only when nothing has come for a while: its question is dear. */
    @Override
    public List<SourceRecord> doPoll() throws InterruptedException {
      EventQueue queue = events;
      List<SourceRecord> come =
          queue == null ? List.of() : queue.take(EngineSettings.BATCH_RECORDS, PATIENCE);
      return come.isEmpty() ? super.doPoll() : come;
    }

    @Override
    protected ReplicationConnection buildReplicationConnection(
        PostgresConnection connection, PostgresSchema schema, PostgresConnectorConfig config)
        throws SQLException {
      events = blocks(config).events();
      ReplicationConnection replication =
          super.buildReplicationConnection(connection, schema, config);
      return new BlockReplication(
          RelationGuard.before(
              replication,
              tables(config),
              types -> refusals(config, types),
              bound(config),
              new KnownTypes(connection)),
          new RowCollector(schema, placeholder(config), blocks(config)));
    }

    private static Placeholder placeholder(PostgresConnectorConfig config) {
      return new Placeholder(config.getConfig().getString(EngineSettings.PLACEHOLDER));
    }

    private static RowBlocks blocks(PostgresConnectorConfig config) {
      return RowBlocks.of(config.getConfig().getString(EngineSettings.BLOCKS));
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
