package nl.veer.verifier.changed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.verifier.changed.ChangeLog.Side;
import nl.veer.verifier.record.ScanBase;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three chunks: up to 10, up to 20, and the rest. What an integer's order is, the test knows. */
class ChangedTableTest {
  private static final TableId ID = new TableId("public", "t");
  private static final RowType TYPE =
      new RowType(List.of(new RowType.Column("id", ColumnEncoding.INT32)));
  private static final Chunks CHUNKS = new Chunks(List.of(List.of("10"), List.of("20")));
  private static final KeyRange FIRST = new KeyRange(null, List.of("10"));
  private static final KeyRange SECOND = new KeyRange(List.of("10"), List.of("20"));
  private static final KeyRange THIRD = new KeyRange(List.of("20"), null);

  /** The scan held transactions up to 10; it saw all below 100 but 90, on either side. */
  private static final ScanBase BASE =
      new ScanBase(
          ID,
          1,
          "load",
          LsnPosition.parse("0/100"),
          PostgresSnapshot.parse("90:100:90", LsnPosition.parse("0/100")),
          10,
          PostgresSnapshot.parse("90:100:90", LsnPosition.parse("0/100")),
          List.of());

  private final ChangedTables tables = tables(true, true, true);
  private final ChangeLog log = new ChangeLog(Side.SOURCE, new Tape(), tables);
  private final ChangeLog echo = new ChangeLog(Side.TARGET, new Tape(), tables);

  private static ChangedTables tables(boolean walked, boolean logTells, boolean echoTells) {
    ScanTable table =
        new ScanTable(
            ID,
            List.of("id"),
            List.of(),
            Map.of(),
            List.of(new KeyColumn("id", "integer", "integer", false, "bigint")),
            walked,
            -1,
            logTells,
            false,
            false);
    return new ChangedTables(
        List.of(new ChangedTable(table, BASE, echoTells, walked ? CHUNKS : Chunks.ONE)));
  }

  @Test
  void whatTheScanHasSeenOnBothSidesIsNotTouched() {
    transaction(log, 10, "99", insert(5));
    transaction(echo, 7, "99", insert(15));

    assertThat(parts(tables)).isEmpty();
  }

  @Test
  void aChangeBehindTheScanTouchesItsChunkAlone() {
    transaction(log, 11, "100", insert(15));

    assertThat(parts(tables)).containsExactly(SECOND);
  }

  @Test
  void aBoundBelongsToTheChunkThatItEnds() {
    transaction(log, 11, "100", insert(10), insert(21));

    assertThat(parts(tables)).containsExactly(FIRST, THIRD);
  }

  @Test
  void whatTheTargetHeldBeforeTheSourceShowedItIsTouched() {
    transaction(log, 9, "90", delete(5));

    assertThat(parts(tables)).containsExactly(FIRST);
  }

  @Test
  void whatAnotherWroteOnTheTargetSinceIsTouched() {
    transaction(echo, 3, "101", delete(25));

    assertThat(parts(tables)).containsExactly(THIRD);
  }

  @Test
  void whatTheTargetDidNotShowYetIsTouched() {
    transaction(echo, 3, "90", insert(25));

    assertThat(parts(tables)).containsExactly(THIRD);
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void aChangedKeyTouchesBothChunks(Side side) {
    transaction(
        side == Side.SOURCE ? log : echo,
        11,
        "100",
        new RowUpdated(place(11), ID, row(5), row(25)));

    assertThat(parts(tables)).containsExactly(FIRST, THIRD);
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void aTruncatedTableIsTouchedAsAWhole(Side side) {
    transaction(
        side == Side.SOURCE ? log : echo, 11, "100", insert(5), new TableTruncated(place(11), ID));

    assertThat(parts(tables)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void ofATableWhoseLogTellsNoKeysAnyRowMayHaveChanged() {
    ChangedTables mute = tables(true, false, true);
    transaction(new ChangeLog(Side.SOURCE, new Tape(), mute), 11, "100", insert(5));

    assertThat(parts(mute)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void ofATableWhoseEchoMeansAnotherKeyAnyRowMayHaveChanged() {
    ChangedTables mute = tables(true, true, false);
    transaction(new ChangeLog(Side.TARGET, new Tape(), mute), 11, "100", insert(5));

    assertThat(parts(mute)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void aTableWithoutASharedOrderIsOneChunk() {
    ChangedTables unordered = tables(false, true, true);
    transaction(new ChangeLog(Side.SOURCE, new Tape(), unordered), 11, "100", insert(5));

    assertThat(parts(unordered)).containsExactly(KeyRange.ALL);
  }

  @Test
  void aRowWithoutItsKeyMayBeAny() {
    RowImage other =
        new RowImage(
            new RowType(List.of(new RowType.Column("v", ColumnEncoding.TEXT))), new Object[] {"x"});
    transaction(log, 11, "100", new RowInserted(place(11), ID, other));

    assertThat(parts(tables)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void ofATransactionWhoseBeginWasNotReadNobodyKnows() {
    log.read(insert(5));

    assertThat(parts(tables)).containsExactly(FIRST);
  }

  @Test
  void otherTablesAreNotMeant() {
    transaction(
        echo,
        11,
        "100",
        new RowInserted(place(11), new TableId("veer", "stamp"), row(5)),
        new TableTruncated(place(11), new TableId("veer", "load")));

    assertThat(parts(tables)).isEmpty();
  }

  @Test
  void keysAreNotKeptBeyondABound() {
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < ChangedTables.MAX_PENDING; i++) {
      events.add(insert(i));
    }
    transaction(log, 11, "100", events.toArray(LogEvent[]::new));
    assertThat(tables.isFull()).isTrue();

    assertThat(parts(tables)).hasSize(3);
    assertThat(tables.isFull()).isFalse();
  }

  /** As the database would, for integers. */
  private static List<KeyRange> parts(ChangedTables tables) {
    tables.settle((table, keys) -> chunks(keys));
    return tables.parts().getOrDefault(ID, List.of());
  }

  private static Set<Integer> chunks(Collection<List<String>> keys) {
    Set<Integer> chunks = new HashSet<>();
    for (List<String> key : keys) {
      int id = Integer.parseInt(key.get(0));
      chunks.add(id <= 10 ? 0 : id <= 20 ? 1 : 2);
    }
    return chunks;
  }

  private static void transaction(ChangeLog side, long number, String id, LogEvent... events) {
    side.read(new TransactionBegin(place(number), id));
    for (LogEvent event : events) {
      side.read(at(number, event));
    }
    side.read(
        new TransactionEnd(
            place(number), id, LsnPosition.parse("0/200"), events.length, Instant.EPOCH));
  }

  private static LogEvent at(long number, LogEvent event) {
    if (event instanceof RowInserted row) {
      return new RowInserted(place(number), row.table(), row.after());
    }
    return event instanceof RowDeleted row
        ? new RowDeleted(place(number), row.table(), row.before())
        : event;
  }

  private static EventPlace place(long number) {
    return new EventPlace(number, 1);
  }

  private static LogEvent insert(int id) {
    return new RowInserted(place(11), ID, row(id));
  }

  private static LogEvent delete(int id) {
    return new RowDeleted(place(11), ID, row(id));
  }

  private static RowImage row(int id) {
    return new RowImage(TYPE, new Object[] {id});
  }

  /** Nothing is on it; the test hands the events over itself. */
  private static final class Tape implements LogReader {
    @Override
    public String logId() {
      return "tape";
    }

    @Override
    public long beginOffset() {
      return 0;
    }

    @Override
    public long endOffset() {
      return 0;
    }

    @Override
    public boolean isAtEnd() {
      return true;
    }

    @Override
    public void seek(long offset) {
      // There is only one place.
    }

    @Override
    public List<LoggedEvent> poll(Duration timeout) {
      return List.of();
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
