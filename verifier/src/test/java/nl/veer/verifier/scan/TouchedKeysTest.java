package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import nl.veer.verifier.verdict.RowKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchedKeysTest {
  private static final TableId ID = ScanWorld.table("t");
  private static final RowType TYPE =
      new RowType(List.of(new RowType.Column("id", ColumnEncoding.INT32)));
  private static final EventPlace PLACE = new EventPlace(1, 1);

  /** The target holds transactions up to 10; the source all below 100 but 90. */
  private final TouchedKeys touched = touched(true, true);

  private static TouchedKeys touched(boolean key, boolean tells) {
    List<KeyColumn> columns =
        key ? List.of(new KeyColumn("id", "integer", "integer", false, "bigint")) : List.of();
    return new TouchedKeys(
        new ScanTable(
            ID, List.of("id"), List.of(), Map.of(), columns, key, -1, tells, false, false),
        10,
        PostgresSnapshot.parse("90:100:90", LsnPosition.parse("0/100")));
  }

  @Test
  void whatBothIncludeIsSettled() {
    transaction(touched, 10, "99", insert(1));

    assertThat(touched.contains(key(1))).isFalse();
  }

  @Test
  void whatOnlyTheSourceIncludesIsUnsettled() {
    transaction(touched, 11, "99", insert(1));

    assertThat(touched.contains(key(1))).isTrue();
    assertThat(touched.contains(key(2))).isFalse();
  }

  @Test
  void whatOnlyTheTargetIncludesIsUnsettled() {
    transaction(touched, 9, "90", delete(1));

    assertThat(touched.contains(key(1))).isTrue();
  }

  @Test
  void whatNeitherIncludesIsSettled() {
    transaction(touched, 11, "100", insert(1));
    transaction(touched, 12, "90", insert(2));

    assertThat(touched.contains(key(1))).isFalse();
    assertThat(touched.contains(key(2))).isFalse();
  }

  @Test
  void bothKeysOfAChangedKeyAreUnsettled() {
    transaction(touched, 11, "99", new RowUpdated(PLACE, ID, row(1), row(2)));

    assertThat(touched.contains(key(1))).isTrue();
    assertThat(touched.contains(key(2))).isTrue();
  }

  @Test
  void aTruncatedTableIsUnsettledAsAWhole() {
    transaction(touched, 11, "99", new TableTruncated(PLACE, ID));

    assertThat(touched.contains(key(7))).isTrue();
  }

  @Test
  void otherTablesAreNotMeant() {
    transaction(
        touched,
        11,
        "99",
        new RowInserted(PLACE, ScanWorld.table("other"), row(1)),
        new TableTruncated(PLACE, ScanWorld.table("other")));

    assertThat(touched.contains(key(1))).isFalse();
  }

  @Test
  void aTransactionThatBeginsAnewForgetsWhatWasTorn() {
    touched.read(new TransactionBegin(PLACE, "99"));
    touched.read(insert(1));
    transaction(touched, 11, "99", insert(2));

    assertThat(touched.contains(key(1))).isFalse();
    assertThat(touched.contains(key(2))).isTrue();
  }

  @Test
  void anEndWhoseBeginWasNotSeenMayHaveTouchedAnything() {
    touched.read(end(11, "99"));

    assertThat(touched.contains(key(1))).isTrue();
  }

  @Test
  void whereTheLogDoesNotTellTheKeyItMayBeAny() {
    TouchedKeys without = touched(false, true);
    TouchedKeys untold = touched(true, false);
    transaction(without, 11, "99", insert(1));
    transaction(untold, 11, "99", insert(1));

    assertThat(without.contains(key(5))).isTrue();
    assertThat(untold.contains(key(5))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "EPOCH_MICROS, timestamp without time zone, 1700000000120000, 2023-11-14 22:13:20.12",
    "EPOCH_MICROS, timestamp without time zone, 1700000000000000, 2023-11-14 22:13:20",
    "INT64, bigint, -5, -5",
  })
  void numbersAreWrittenAsTheDatabaseWritesThem(
      ColumnEncoding encoding, String type, long value, String text) {
    assertThat(LogKeys.text(encoding, value, type)).isEqualTo(text);
  }

  @Test
  void otherValuesAreWrittenAsTheDatabaseWritesThem() {
    assertThat(LogKeys.text(ColumnEncoding.BYTES, new byte[] {0, -1}, "bytea"))
        .isEqualTo("\\x00ff");
    assertThat(LogKeys.text(ColumnEncoding.EPOCH_DAYS, 19_000, "date")).isEqualTo("2022-01-08");
    assertThat(LogKeys.text(ColumnEncoding.BOOLEAN, true, "boolean")).isEqualTo("true");
    assertThat(
            LogKeys.text(
                ColumnEncoding.ZONED_TIMESTAMP,
                "2024-01-01T02:00:00.5+02:00",
                "timestamp with time zone"))
        .isEqualTo("2024-01-01 00:00:00.5+00");
  }

  @Test
  void whatIsNotSureToBeWrittenAlikeIsNoKey() {
    assertThat(LogKeys.text(ColumnEncoding.FLOAT64, 1e20, "double precision")).isNull();
    assertThat(LogKeys.text(ColumnEncoding.DATABASE_TEXT, "1.2.3.4", "inet")).isNull();
    assertThat(LogKeys.text(ColumnEncoding.TEXT, "a  ", "character(3)")).isNull();
    assertThat(LogKeys.text(ColumnEncoding.EPOCH_DAYS, Integer.MAX_VALUE, "date")).isNull();
  }

  private static void transaction(
      TouchedKeys touched, long number, String source, LogEvent... changes) {
    touched.read(new TransactionBegin(new EventPlace(number, 0), source));
    for (LogEvent change : changes) {
      touched.read(change);
    }
    touched.read(end(number, source));
  }

  private static TransactionEnd end(long number, String source) {
    return new TransactionEnd(
        new EventPlace(number, 9), source, LsnPosition.parse("0/50"), 1, Instant.EPOCH);
  }

  private static RowInserted insert(int id) {
    return new RowInserted(PLACE, ID, row(id));
  }

  private static RowDeleted delete(int id) {
    return new RowDeleted(PLACE, ID, row(id));
  }

  private static RowImage row(int id) {
    return new RowImage(TYPE, new Object[] {id});
  }

  private static RowKey key(int id) {
    return new RowKey(List.of(String.valueOf(id)));
  }
}
