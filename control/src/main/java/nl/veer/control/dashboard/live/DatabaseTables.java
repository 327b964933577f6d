package nl.veer.control.dashboard.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.dashboard.view.ColumnDifferences;
import nl.veer.control.dashboard.view.LookedTable;
import nl.veer.control.dashboard.view.TableRanges;
import nl.veer.control.dashboard.view.TableScan;
import nl.veer.control.dashboard.view.TableView;
import nl.veer.control.wave.Leg;
import nl.veer.verifier.record.ScanHistory;
import nl.veer.verifier.record.ScanPause;
import nl.veer.verifier.record.TableLook;
import nl.veer.verifier.record.TableParts;
import org.jspecify.annotations.Nullable;

/**
 * What the verifier has on record of tables at each leg's target, and how fast they are written
 * there. Safe for use by several threads.
 */
final class DatabaseTables implements TableView {
  /** A table of PostgreSQL has at most 1,600. */
  private static final int COLUMNS = 1_600;

  private final VeerConfig config;
  private final Clock clock;
  private final WriteRates rates = new WriteRates();

  DatabaseTables(VeerConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  private interface Question<T> {
    T ask(Connection connection, Leg leg) throws SQLException;
  }

  /** Empty if there is no such wave. */
  private <T> Optional<T> ask(String wave, Question<T> question) {
    for (Leg leg : RecordQuestions.legs(config, wave)) {
      return Optional.of(
          RecordQuestions.ask(leg.to(), connection -> question.ask(connection, leg)));
    }
    return Optional.empty();
  }

  private <T> Optional<T> ask(String wave, String table, TableQuestion<T> question) {
    TableId id = DatabaseView.table(table);
    return id == null
        ? Optional.empty()
        : ask(wave, (connection, leg) -> question.ask(connection, leg, id));
  }

  private interface TableQuestion<T> {
    T ask(Connection connection, Leg leg, TableId table) throws SQLException;
  }

  @Override
  public List<LookedTable> looked(String wave) {
    Instant since = clock.instant().minus(config.cutover().gateScanAge());
    return ask(
            wave,
            (connection, leg) -> {
              Map<TableId, Double> writes = rates.read(connection, leg.wave());
              List<LookedTable> looked = new ArrayList<>();
              for (TableLook look : ScanHistory.looks(connection, leg.wave(), since)) {
                looked.add(looked(look, writes.get(look.table())));
              }
              return looked;
            })
        .orElse(List.of());
  }

  private static LookedTable looked(TableLook look, @Nullable Double writes) {
    return new LookedTable(
        look.table().toString(),
        look.sourceRows(),
        look.targetRows(),
        look.source(),
        look.target(),
        look.coverage(),
        text(look.oldestAt()),
        look.unsettled(),
        writes);
  }

  /** To the second, so that the texts are in the order of the times. */
  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public Optional<TableRanges> ranges(String wave, String table) {
    VerificationConfig how = config.verification();
    Duration every = how.scan() ? how.scanEvery() : null;
    return ask(wave, table, (connection, leg, id) -> ranges(connection, leg.wave(), id, every))
        .flatMap(found -> found);
  }

  private static Optional<TableRanges> ranges(
      Connection connection, WaveId wave, TableId table, @Nullable Duration every)
      throws SQLException {
    Optional<TableParts> parts = ScanHistory.parts(connection, wave, table);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    boolean resting = every != null && ScanPause.read(connection, wave).isPresent();
    return Optional.of(ShownRanges.of(parts.get(), every, resting));
  }

  @Override
  public List<TableScan> scans(String wave, String table, int limit) {
    return ask(
            wave,
            table,
            (connection, leg, id) ->
                ScanHistory.scans(connection, leg.wave(), id, limit).stream()
                    .map(TableScan::of)
                    .toList())
        .orElse(List.of());
  }

  @Override
  public List<ColumnDifferences> columns(String wave, String table) {
    return ask(
            wave,
            table,
            (connection, leg, id) ->
                ScanHistory.columns(connection, leg.wave(), id, COLUMNS).entrySet().stream()
                    .map(one -> new ColumnDifferences(one.getKey(), one.getValue()))
                    .toList())
        .orElse(List.of());
  }
}
