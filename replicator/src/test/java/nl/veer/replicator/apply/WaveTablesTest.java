package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.RegularLook;
import org.junit.jupiter.api.Test;

class WaveTablesTest {
  private static final TableId EARLY = new TableId("public", "early");
  private static final TableId LATE = new TableId("public", "late");
  private static final RowType TYPE =
      new RowType(List.of(new RowType.Column("id", ColumnEncoding.INT32)));

  private final WaveTables tables =
      new WaveTables(
          Map.of(EARLY, table(EARLY, "100:100:", 1000), LATE, table(LATE, "200:210:205", 2000)),
          null,
          new SchemaWatch(
              Map::of,
              new RegularLook<>(Map::of, Duration.ZERO, () -> 0, Runnable::run, () -> {})));

  @Test
  void skipsTransactionsThatTheLoadAlreadyIncludesForThatTableAlone() {
    Portion portion = tables.portion(transaction("150", 1500, EARLY, LATE));

    assertThat(portion.changes()).extracting(change -> change.table().id()).containsExactly(EARLY);
    assertThat(portion.events()).isEqualTo(2);
    assertThat(portion.loaded()).isFalse();
  }

  @Test
  void appliesWhatWasInProgressWhenTheSnapshotWasTaken() {
    assertThat(tables.portion(transaction("205", 1900, LATE)).changes()).hasSize(1);
    assertThat(tables.portion(transaction("204", 1950, LATE)).changes()).isEmpty();
  }

  @Test
  void skipsNothingOnceATransactionEndedBehindTheBoundary() {
    tables.portion(transaction("220", 2001, EARLY));

    Portion wrappedAround = tables.portion(transaction("3", 2002, EARLY, LATE));

    assertThat(wrappedAround.changes()).hasSize(2);
    assertThat(wrappedAround.loaded()).isTrue();
  }

  @Test
  void refusesATableThatIsNotOfTheWave() {
    assertThatThrownBy(
            () -> tables.portion(transaction("220", 3000, new TableId("public", "other"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("public.other")
        .hasMessageContaining("log transaction 1");
  }

  private static LogTransaction transaction(String xid, long end, TableId... changed) {
    List<ChangeEvent> events =
        java.util.Arrays.stream(changed)
            .<ChangeEvent>map(
                table ->
                    new RowInserted(
                        new EventPlace(1, 1), table, new RowImage(TYPE, new Object[] {1})))
            .toList();
    return new LogTransaction(
        new TransactionBegin(new EventPlace(1, 0), xid),
        true,
        events,
        new TransactionEnd(
            new EventPlace(1, 9), xid, new LsnPosition(end), events.size(), Instant.EPOCH),
        1,
        1);
  }

  private static WaveTable table(TableId id, String snapshot, long position) {
    Boundary boundary = new PostgresLoad().boundary(snapshot, new LsnPosition(position));
    return new WaveTable(
        new TargetTable(
            id,
            List.of(new TargetTable.Column("id", "integer", true, false)),
            Set.of(),
            List.of(0),
            false,
            true),
        false,
        List.of(),
        boundary,
        new PostgresTarget());
  }
}
