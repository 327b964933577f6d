package nl.veer.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.event.LsnPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EchoReaderTest {
  private static final LogEnd BEGUN = new LogEnd(true, 7, new LsnPosition(0x2000));

  @Test
  void aSlotThatIsReadIsTheEchoUnderWay() {
    EchoStatus echo = EchoReader.judged(slot(42, null), BEGUN, true, Optional.empty());

    assertThat(echo).isEqualTo(new EchoStatus(WaveState.CAPTURING, "0/2000", 7L, 2048L, null));
  }

  @Test
  void aSlotThatNobodyReadsIsSaidToKeepTheTargetsLog() {
    EchoStatus echo = EchoReader.judged(slot(0, null), BEGUN, true, Optional.empty());

    assertThat(echo.state()).isEqualTo(WaveState.STOPPED);
    assertThat(echo.failure()).contains("2.0 KiB", "veer verify");
  }

  @Test
  void aSlotThatIsNotWantedAnyMoreIsToBeRemoved() {
    EchoStatus echo = EchoReader.judged(slot(0, null), BEGUN, false, Optional.empty());

    assertThat(echo.state()).isEqualTo(WaveState.STOPPED);
    assertThat(echo.failure()).contains("ledger is false", "veer verify --again");
  }

  @Test
  void anEchoWithoutItsSlotCannotGoOn() {
    assertThat(EchoReader.judged(Optional.empty(), BEGUN, true, Optional.empty()).state())
        .isEqualTo(WaveState.FAILED);
    assertThat(EchoReader.judged(slot(0, "wal_removed"), BEGUN, true, Optional.empty()).state())
        .isEqualTo(WaveState.FAILED);
  }

  @Test
  void beforeTheFirstBatchThereIsNone() {
    assertThat(EchoReader.judged(Optional.empty(), null, true, Optional.empty()))
        .isEqualTo(new EchoStatus(WaveState.NOT_STARTED, null, null, null, null));
  }

  private static Optional<PostgresSlotState> slot(int reader, @Nullable String invalidation) {
    return Optional.of(
        new PostgresSlotState(reader, new LsnPosition(0x2000), 2048, "reserved", invalidation));
  }
}
