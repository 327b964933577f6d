package nl.veer.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import nl.veer.control.status.LedgerFigures.State;
import nl.veer.verifier.record.LedgerView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A ledger as another process sees it. */
class LedgerFiguresTest {
  @Test
  void tellsWhyALedgerWaitsOrHasEnded() {
    LedgerFigures waiting = seen("LEDGER_SPILL", true);
    LedgerFigures ended = seen("LEDGER_PLACE", false);

    assertThat(waiting.state()).isEqualTo(State.RETRYING);
    assertThat(waiting.failure()).isEqualTo("LEDGER_SPILL: why");
    assertThat(ended.state()).isEqualTo(State.FAILED);
    assertThat(ended.failure()).contains("Start veer verify").endsWith("LEDGER_PLACE: why");
  }

  @Test
  void saysNothingOfOneThatGoesOn() {
    assertThat(seen(null, true).state()).isEqualTo(State.BALANCING);
    assertThat(seen(null, true).failure()).isNull();
    assertThat(seen(null, false).state()).isEqualTo(State.STOPPED);
  }

  private static LedgerFigures seen(@Nullable String code, boolean running) {
    LedgerView view = new LedgerView(null, null, code, code == null ? null : "why", 0);
    return LedgerFigures.of(view, running, Optional.empty(), Instant.EPOCH);
  }
}
