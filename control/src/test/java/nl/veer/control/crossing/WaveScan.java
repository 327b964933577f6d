package nl.veer.control.crossing;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.wave.Migration;
import nl.veer.verifier.record.ScanStore;
import nl.veer.verifier.scan.LogSettlement;
import nl.veer.verifier.scan.MemoryRecords;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.ScanRecords;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;

/** One scan of a wave beside its crossing. */
public final class WaveScan {
  private WaveScan() {}

  /** Of the whole wave, off the record. */
  public static ScanStatement of(CrossingWorld world) throws SQLException {
    return of(world, world.migration());
  }

  /** Of the whole wave, off the record. */
  public static ScanStatement of(CrossingWorld world, Migration migration) {
    return scan(world, migration, List.of(), RowHash.random(), new MemoryRecords());
  }

  /**
   * Keeps what it says.
   *
   * @param tables all of the wave if none are given
   */
  public static ScanStatement onRecord(
      CrossingWorld world, Migration migration, List<TableId> tables) {
    try (ScanStore records = ScanStore.claim(migration.target(), world.wave)) {
      ScanStatement statement =
          scan(world, migration, tables, RowHash.keyed(records.secret().secret()), records);
      for (TableStatement table : statement.tables()) {
        records.keep(table, statement.hash(), statement.startedAt());
      }
      return statement;
    }
  }

  private static ScanStatement scan(
      CrossingWorld world,
      Migration migration,
      List<TableId> tables,
      RowHash secret,
      ScanRecords records) {
    List<TableId> all = Objects.requireNonNull(migration.waves().get(world.wave));
    try (LogSettlement settlement =
        new LogSettlement(
            () ->
                KafkaLogReader.open(
                    new KafkaEndpoint(world.servers().bootstrap(), Map.of()),
                    new RegistryEndpoint(world.servers().registry(), Map.of()),
                    world.wave,
                    new TopicConfig(1, 1)))) {
      return new Scan(
              ScanConfig.standard(),
              new Scan.Endpoints(migration.source(), migration.target(), world.wave),
              secret,
              settlement,
              records,
              Clock.systemUTC())
          .run(tables.isEmpty() ? all : tables);
    }
  }
}
