package nl.veer.connectors.capture;

import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.DriverSockets;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;

/** Debezium's settings for a wave. Pure. */
final class EngineSettings {
  /** The wave's tables by their oids. */
  static final String TABLES = "veer.tables";

  /** The largest record that the log takes. */
  static final String MAX_RECORD_BYTES = "veer.max.record.bytes";

  /** What stands for values that the source's log does not hold. */
  static final String PLACEHOLDER = "veer.placeholder";

  /** Where the rows go, {@link RowBlocks#id()}. */
  static final String BLOCKS = "veer.blocks";

  /** What waits between Debezium's reader and the publisher, beside the rows. */
  private static final int QUEUE_RECORDS = 8_192;

  /** What the publisher gets at once: blocks of rows, BEGINs, ENDs. */
  static final int BATCH_RECORDS = 2_048;

  private static final int CONFIRM_MILLIS = 500;

  private EngineSettings() {}

  static Properties of(
      CaptureConfig config,
      DatabaseEndpoint source,
      LsnPosition start,
      PostgresWaveRelations relations,
      Placeholder placeholder,
      RowBlocks blocks,
      DriverSockets sockets) {
    LogId log = config.log();
    Properties settings =
        DebeziumConnection.settings(source, sockets.properties(), config.topic().maxRecordBytes());
    settings.setProperty("name", log.slot());
    settings.setProperty("topic.prefix", log.markerPrefix());
    settings.setProperty("connector.class", BlockConnector.class.getName());
    settings.setProperty("tasks.max", "1");
    settings.setProperty(
        TABLES,
        new PostgresWaveRelations(relations.publication(), relations.roots(), List.of()).text());
    settings.setProperty(MAX_RECORD_BYTES, Integer.toString(config.topic().maxRecordBytes()));
    engine(settings, start, CaptureRhythm.of(log));
    source(settings, config);
    settings.setProperty(PLACEHOLDER, placeholder.text());
    settings.setProperty(BLOCKS, blocks.id());
    values(settings);
    return settings;
  }

  private static void engine(Properties settings, LsnPosition start, CaptureRhythm rhythm) {
    // Kafka 4 wants one in every worker's settings; nobody connects to it.
    settings.setProperty("bootstrap.servers", "unused:9092");
    settings.setProperty("offset.storage", LogTailOffsets.class.getName());
    settings.setProperty(LogTailOffsets.LSN, Long.toString(start.lsn()));
    settings.setProperty("offset.flush.interval.ms", Integer.toString(CONFIRM_MILLIS));
    settings.setProperty("record.processing.threads", "1");
    settings.setProperty("max.batch.size", Integer.toString(BATCH_RECORDS));
    settings.setProperty("max.queue.size", Integer.toString(QUEUE_RECORDS));
    settings.setProperty("queue.provider.type", DebeziumQueue.NAME);
    settings.setProperty("poll.interval.ms", Long.toString(rhythm.look().toMillis()));
    // Veer restarts the engine itself, from the log's tail.
    settings.setProperty("errors.max.retries", "0");
    settings.setProperty("slot.max.retries", "0");
    settings.setProperty("event.processing.failure.handling.mode", "fail");
    settings.setProperty("event.converting.failure.handling.mode", "fail");
  }

  private static void source(Properties settings, CaptureConfig config) {
    LogId log = config.log();
    settings.setProperty("plugin.name", "pgoutput");
    settings.setProperty("slot.name", log.slot());
    settings.setProperty("slot.drop.on.stop", "false");
    settings.setProperty("publication.name", log.publication());
    settings.setProperty("publication.autocreate.mode", "disabled");
    settings.setProperty("snapshot.mode", "no_data");
    settings.setProperty("provide.transaction.metadata", "true");
    settings.setProperty("skipped.operations", "none");
    settings.setProperty("tombstones.on.delete", "false");
    settings.setProperty(
        "table.include.list",
        Stream.concat(config.tables().stream(), Stream.of(BlockMessage.TABLE))
            .map(EngineSettings::pattern)
            .collect(Collectors.joining(",")));
    String prefix = quoted(log.markerPrefix());
    settings.setProperty(
        "message.prefix.include.list", prefix + "\\.heartbeat," + prefix + "\\.marker\\..+");
  }

  private static void values(Properties settings) {
    settings.setProperty("include.unknown.datatypes", "true");
    settings.setProperty("binary.handling.mode", "bytes");
    settings.setProperty("decimal.handling.mode", "string");
    settings.setProperty("converters", "columns");
    settings.setProperty("columns.type", ColumnConverter.class.getName());
  }

  private static String pattern(TableId table) {
    return quoted(table.schema()) + "\\." + quoted(table.name());
  }

  /** A regular expression for this very text, without the commas that would split the list. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
      quoted.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return quoted.toString();
  }
}
