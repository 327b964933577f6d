package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTail;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RejoinTest {
  private static final Schema STATUS =
      SchemaBuilder.struct()
          .name("Metadata")
          .field("status", Schema.STRING_SCHEMA)
          .field("id", Schema.STRING_SCHEMA)
          .field("ts_ms", Schema.INT64_SCHEMA)
          .build();

  @Test
  void isProvenByTheLogsLastTransactionAndPassesOverWhatComesBeforeIt() {
    Rejoin rejoin = rejoin("77 1000");

    assertThat(rejoin.accept(begin(70))).isFalse();
    assertThat(rejoin.accept(end(70, 400, 900))).isFalse();
    assertThat(rejoin.accept(begin(77))).isFalse();
    assertThat(rejoin.isProven()).isFalse();
    assertThat(rejoin.accept(end(77, 500, 1000))).isTrue();
    assertThat(rejoin.isProven()).isTrue();
  }

  @Test
  void stopsWhenTheSourceHasNoTransactionThere() {
    Rejoin rejoin = rejoin("77 1000");

    requireLost(rejoin, end(78, 501, 1000));
  }

  @Test
  void stopsWhenTheSourceHasAnotherTransactionThere() {
    requireLost(rejoin("77 1000"), end(78, 500, 1000));
    requireLost(rejoin("77 1000"), end(77, 500, 1001));
  }

  @Test
  void needsNoProofOfALogWithoutTransactionsOrASlotThatIsConfirmedUpToIt() {
    LogTail empty = new LogTail("7:1:shop", new LsnPosition(100), 0, null, 2);
    assertThat(new Rejoin(empty, new LsnPosition(100)).isProven()).isTrue();
    assertThat(new Rejoin(tail(500, "77 1000"), new LsnPosition(500)).isProven()).isTrue();
    assertThat(new Rejoin(tail(500, "77 1000"), new LsnPosition(499)).isProven()).isFalse();
  }

  @Test
  void goesByThePositionWhereTheLogDoesNotSayMore() {
    Rejoin rejoin = rejoin(null);

    assertThat(rejoin.accept(end(77, 500, 1000))).isTrue();
  }

  private static void requireLost(Rejoin rejoin, SourceRecord record) {
    assertThatThrownBy(() -> rejoin.accept(record))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
              assertThat(failure.code()).isEqualTo("SOURCE_BEHIND");
              assertThat(failure).hasMessageContaining("veer load --again");
            });
    assertThat(rejoin.isProven()).isFalse();
  }

  private static Rejoin rejoin(@Nullable String witness) {
    return new Rejoin(tail(500, witness), new LsnPosition(300));
  }

  private static LogTail tail(long position, @Nullable String witness) {
    return new LogTail(
        "7:1:shop", new LsnPosition(100), 3, new LsnPosition(position), 9, null, witness);
  }

  private static SourceRecord begin(long id) {
    return record("BEGIN", id, 1, Map.of());
  }

  private static SourceRecord end(long id, long position, long committedAt) {
    return record("END", id, committedAt, Map.of("lsn_commit", position));
  }

  private static SourceRecord record(String status, long id, long at, Map<String, ?> offset) {
    Struct value =
        new Struct(STATUS).put("status", status).put("id", id + ":12345").put("ts_ms", at);
    return new SourceRecord(Map.of(), offset, "topic", null, null, null, STATUS, value);
  }
}
