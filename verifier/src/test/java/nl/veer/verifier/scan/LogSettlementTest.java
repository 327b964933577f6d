package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TargetCut;
import nl.veer.verifier.verdict.UnknownReason;
import org.junit.jupiter.api.Test;

class LogSettlementTest {
  private static final ScanTable TABLE =
      new ScanTable(
          new TableId("s", "t"),
          List.of("id"),
          List.of(),
          Map.of(),
          List.of(),
          false,
          -1,
          true,
          false,
          false);
  private static final Cuts CUTS =
      new Cuts(
          new SourceCut("9:9:", new LsnPosition(9)),
          new TargetCut(
              "1:1:", new LsnPosition(1), new TargetCut.Applied(1, new LsnPosition(1), "log", 10)));

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger polled = new AtomicInteger();

  /** Whoever ends a scan does not wait for a log that lags. */
  @Test
  void leavesAtOnceWhenItIsToldTo() {
    StopSignal stop = new StopSignal();
    LogSettlement settlement = new LogSettlement(this::silent, Duration.ofDays(1));
    CompletableFuture<UnknownReason> look =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                settlement.look(TABLE, CUTS, stop);
                throw new AssertionError("The log is silent");
              } catch (Unjudged e) {
                return e.reason();
              }
            });
    await().until(() -> polled.get() > 0);

    stop.raise();

    assertThat(look.join()).isEqualTo(UnknownReason.STOPPED);
  }

  @Test
  void opensTheLogAnewAfterAFailure() {
    LogSettlement settlement = new LogSettlement(this::broken, Duration.ofDays(1));

    for (int i = 0; i < 2; i++) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> settlement.look(TABLE, CUTS, new StopSignal()))
          .isInstanceOf(Failure.class);
    }

    assertThat(opened.get()).isEqualTo(2);
  }

  private LogReader silent() {
    return new Log(false);
  }

  private LogReader broken() {
    return new Log(true);
  }

  /** It holds nothing. */
  private final class Log implements LogReader {
    private final boolean broken;

    Log(boolean broken) {
      this.broken = broken;
      opened.incrementAndGet();
    }

    @Override
    public String logId() {
      return "log";
    }

    @Override
    public long beginOffset() {
      return 0;
    }

    @Override
    public long endOffset() {
      return 10;
    }

    @Override
    public boolean isAtEnd() {
      return true;
    }

    @Override
    public void seek(long offset) {
      assertThat(offset).isZero();
    }

    @Override
    public List<LoggedEvent> poll(Duration timeout) {
      if (broken) {
        throw new Failure(FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", "away");
      }
      polled.incrementAndGet();
      return List.of();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
