package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresIdentity;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceContinuityTest {
  private static final PostgresIdentity SOURCE = new PostgresIdentity("7", 1, "shop");
  private static final LsnPosition WAL_END = new LsnPosition(1000);

  @Test
  void goesOnWhereTheSlotStandsOrWhereItBegan() {
    assertThat(require(tail(500), slot(400))).isEqualTo(new LsnPosition(400));
    assertThat(require(tail(500), slot(500))).isEqualTo(new LsnPosition(500));
    assertThat(require(new LogTail("7:1:shop", new LsnPosition(100), 0, null, 2), slot(100)))
        .isEqualTo(new LsnPosition(100));
  }

  @Test
  void stopsWhenTheSlotIsMissingGivenUpOrAhead() {
    requireLost("SLOT_LOST", tail(500), Optional.empty(), SOURCE);
    requireLost("SLOT_AHEAD", tail(500), slot(501), SOURCE);
    requireLost("SLOT_INVALIDATED", tail(500), slot("lost", null), SOURCE);
    requireLost("SLOT_INVALIDATED", tail(500), slot("reserved", "idle_timeout"), SOURCE);
  }

  @Test
  void stopsWhenTheSourceIsAnotherOrHasForgotten() {
    requireLost("SOURCE_CHANGED", tail(500), slot(400), new PostgresIdentity("8", 1, "shop"));
    requireLost("SOURCE_CHANGED", tail(500), slot(400), new PostgresIdentity("7", 2, "shop"));
    requireLost("SOURCE_BEHIND", tail(1001), slot(400), SOURCE);
  }

  @Test
  void stopsWhenTheLogDoesNotKnowItsSource() {
    requireLost("LOG_UNKNOWN_SOURCE", new LogTail(null, null, 0, null, 0), slot(400), SOURCE);
    requireLost("LOG_UNPREPARED", new LogTail("7:1:shop", null, 0, null, 0), slot(400), SOURCE);
  }

  private static LogTail tail(long position) {
    return new LogTail("7:1:shop", new LsnPosition(100), 3, new LsnPosition(position), 9);
  }

  private static Optional<PostgresSlotState> slot(long confirmed) {
    return Optional.of(new PostgresSlotState(0, new LsnPosition(confirmed), 0, "reserved", null));
  }

  private static Optional<PostgresSlotState> slot(String walStatus, @Nullable String invalidation) {
    return Optional.of(new PostgresSlotState(0, new LsnPosition(1), 0, walStatus, invalidation));
  }

  private static Object require(LogTail tail, Optional<PostgresSlotState> slot) {
    return SourceContinuity.require(tail, SOURCE, slot, WAL_END);
  }

  private static void requireLost(
      String code, LogTail tail, Optional<PostgresSlotState> slot, PostgresIdentity source) {
    assertThatThrownBy(() -> SourceContinuity.require(tail, source, slot, WAL_END))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
              assertThat(failure).hasMessageContaining("veer load --again");
            });
  }
}
