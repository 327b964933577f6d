package nl.veer.verifier.blame;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.Position;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.RowTexts;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import nl.veer.verifier.scan.postgres.Side;
import org.jspecify.annotations.Nullable;

/**
 * Reads one row of both sides by its key, over sessions that only read and that no answer keeps
 * open. Stateless.
 */
public final class RowReading {
  /** A row that is larger would be a load on whoever shows it. */
  public static final long LARGEST = 8L << 20;

  /**
   * What was read.
   *
   * @param key names of the key's columns
   * @param values null if the row is larger than {@link #LARGEST} on a side
   * @param source where the source was read
   * @param applied the source's position that the target held; null if that is not known
   */
  public record Read(
      List<String> key,
      @Nullable RowValues values,
      @Nullable Position source,
      @Nullable Position applied) {

    public Read {
      key = List.copyOf(key);
    }
  }

  private RowReading() {}

  /**
   * The columns in which they differ; all where only one side has the row.
   *
   * @param answer no question is waited for longer
   * @return empty if the table is not loaded, not alike on both sides, or has no key
   * @throws nl.veer.connectors.failure.Failure if a side cannot be read
   */
  public static Optional<Read> of(
      WaveGround tables,
      SourceConnections source,
      TargetConnections target,
      Suspect row,
      Duration answer) {
    RowHash hash = RowHash.random();
    try (ScanSession there = ScanSession.source(source, hash, answer);
        ScanSession here = ScanSession.target(target, hash, answer)) {
      Map<?, BlamedTable> ground = tables.read(there, here, List.of(row.table()));
      BlamedTable table = ground.get(row.table());
      if (table == null || !table.table().hasKey()) {
        return Optional.empty();
      }
      List<String> key = table.table().key().stream().map(KeyColumn::name).toList();
      boolean large =
          size(there, table, Side.SOURCE, row) > LARGEST
              || size(here, table, Side.TARGET, row) > LARGEST;
      there.end();
      here.end();
      if (large) {
        return Optional.of(new Read(key, null, null, null));
      }
      BothSides<List<@Nullable String>> rows =
          PresentRows.read(there, here, tables.wave(), Map.of(row.table(), table), List.of(row));
      return Optional.of(
          new Read(
              key,
              RowValues.differing(
                  table.table().columns(), rows.sourceRows().get(row), rows.targetRows().get(row)),
              rows.source().position(),
              rows.stamp() == null ? null : rows.stamp().position()));
    }
  }

  private static long size(ScanSession session, BlamedTable table, Side side, Suspect row) {
    return session.ask(
        "measuring a row of " + row.table(),
        connection ->
            RowTexts.sizes(connection, table.table(), side, List.of(row.key()))
                .getOrDefault(row.key(), 0L));
  }
}
