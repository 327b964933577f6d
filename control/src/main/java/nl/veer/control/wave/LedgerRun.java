package nl.veer.control.wave;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.ledger.Ledger;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.record.LedgerStore;
import org.jspecify.annotations.Nullable;

/**
 * Balances a wave's log against its echo, once the wave is loaded and the echo is made. {@link
 * #run} blocks its thread; the other methods are safe from any.
 */
final class LedgerRun implements SideRole {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final WaveId wave;
  private final LedgerGround ground;
  private final OpenLog log;
  private final StopSignal stop = new StopSignal();
  private volatile @Nullable Ledger ledger;

  /** Outside of the ledger, which speaks for itself. */
  private final Trouble trouble;

  /**
   * @param spill a directory of its own
   */
  LedgerRun(WaveId wave, List<TableId> tables, Migration migration, OpenLog log, Path spill) {
    this.wave = wave;
    this.ground = new LedgerGround(wave, tables, migration, log, spill);
    this.log = log;
    this.trouble = new Trouble(wave, name());
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public void run() {
    trouble.endsWith(this::balance);
  }

  private void balance() {
    Retrying retrying = new Retrying(stop, trouble::retried);
    retrying.untilDone(this::awaitGround);
    AtomicReference<@Nullable LedgerStore> claimed = new AtomicReference<>();
    retrying.untilDone(() -> claimed.set(LedgerStore.claim(ground.target(), wave)));
    LedgerStore store = claimed.get();
    if (store == null) {
      return;
    }
    try (store) {
      if (!stop.isRaised()) {
        balance(store);
      }
    }
  }

  private void balance(LedgerStore store) {
    Ledger running =
        new Ledger(
            wave,
            ground::config,
            store.key(),
            new PostgresLoad()::boundary,
            () -> log.readerAhead(wave),
            () -> log.readerAhead(wave.echo()),
            store);
    ledger = running;
    trouble.is(null);
    running.run(stop);
  }

  private void awaitGround() {
    while (!stop.isRaised() && !ground.isReady()) {
      trouble.is(waits());
      stop.await(LOOK);
    }
  }

  static Failure waits() {
    return new Failure(
        FailureKind.TRANSIENT,
        "LEDGER_WAITS",
        "The ledger waits until all tables are loaded and the echo is made.");
  }

  @Override
  public void stop() {
    stop.raise();
  }

  /** How far it is, as of its last look. */
  LedgerStatus status() {
    Ledger running = ledger;
    LedgerStatus now =
        running == null
            ? new LedgerStatus(null, LedgerCounts.NONE, 0, null, false, 0, null)
            : running.status();
    Failure own = trouble.now();
    return own == null
        ? now
        : new LedgerStatus(
            now.balanced(),
            now.counts(),
            now.echoTransaction(),
            now.echoPosition(),
            false,
            now.retries() + trouble.retries(),
            own);
  }
}
