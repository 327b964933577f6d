package nl.veer.control.wave;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.Doing;
import nl.veer.control.word.LedgerSaid;
import nl.veer.control.word.ReplicatorSaid;
import nl.veer.control.word.ReplicatorSaid.Lag;
import nl.veer.control.word.ReplicatorSaid.Load;
import nl.veer.control.word.Said;
import nl.veer.control.word.ScanSaid;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.VerdictSaid;
import nl.veer.control.word.Word;
import nl.veer.control.word.WordKey;
import nl.veer.control.word.WordPublisher;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.VerdictChange;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/**
 * What the roles of a run say of themselves: those that are at work, and those that ended with a
 * failure. A role whose thread is gone never says that it runs, whatever its counters show. Safe
 * for use by several threads.
 */
final class WaveWords {
  private final String instance;
  private final Clock clock;

  /**
   * @param instance this process, or the run within it
   */
  WaveWords(String instance, Clock clock) {
    this.instance = instance;
    this.clock = clock;
  }

  List<Word> of(WaveRun run) {
    List<Word> words = new ArrayList<>();
    CaptureStatus capture = run.captureStatus();
    if (capture != null) {
      add(words, run, Speaker.CAPTURE, WaveRun.CAPTURE, of(capture));
    }
    ReplicatorStatus replicator = run.replicatorStatus();
    if (replicator != null) {
      add(words, run, Speaker.REPLICATOR, WaveRun.REPLICATE, of(replicator));
    }
    CaptureStatus echo = run.echoStatus();
    if (echo != null) {
      add(words, run, Speaker.ECHO, "echo", of(echo));
    }
    LedgerStatus ledger = run.ledgerStatus();
    if (ledger != null) {
      add(words, run, Speaker.LEDGER, "ledger", of(ledger));
    }
    ScanStatus scan = run.scanStatus();
    if (scan != null) {
      add(words, run, Speaker.SCAN, "scan", of(scan));
    }
    if (run.isAtWork("verdict") || run.failure("verdict") != null) {
      add(words, run, Speaker.VERDICT, "verdict", of(run.verdict(), run.verdictTrouble()));
    }
    return words;
  }

  private record State(Doing doing, @Nullable Failure failure, Said said) {}

  private void add(List<Word> words, WaveRun run, Speaker speaker, String name, State state) {
    Failure ended = run.failure(name);
    if (ended == null && !run.isAtWork(name)) {
      return;
    }
    Leg leg = run.leg();
    words.add(
        Word.of(
            new WordKey(leg.home(), leg.number(), speaker, instance),
            ended == null ? state.doing : Doing.FAILED,
            clock.instant(),
            WordPublisher.EVERY,
            ended == null ? state.failure : ended,
            state.said));
  }

  private static State of(CaptureStatus status) {
    Doing doing =
        switch (status.state()) {
          case STARTING -> waiting(status.failure()) ? Doing.WAITING : Doing.STARTING;
          case STREAMING -> Doing.RUNNING;
          case RETRYING -> Doing.RETRYING;
          case INCIDENT -> Doing.INCIDENT;
          case STOPPED -> Doing.ENDED;
          case FAILED -> Doing.FAILED;
        };
    Instant committed = status.committedAt();
    return new State(
        doing,
        status.failure(),
        new CaptureSaid(
            text(status.position()),
            status.transaction(),
            committed == null ? null : committed.toString(),
            status.transactions(),
            status.events()));
  }

  private static State of(ReplicatorStatus status) {
    Doing doing =
        switch (status.state()) {
          case STARTING -> Doing.STARTING;
          case LOADING -> Doing.LOADING;
          case CATCHING_UP -> Doing.CATCHING_UP;
          case REPLICATING -> Doing.RUNNING;
          case RETRYING -> Doing.RETRYING;
          case INCIDENT -> Doing.INCIDENT;
          case STOPPED -> Doing.ENDED;
          case FAILED -> Doing.FAILED;
        };
    ReplicatorStatus.Lag lag = status.lag();
    return new State(
        doing,
        status.failure(),
        new ReplicatorSaid(
            text(status.applied()),
            status.transaction(),
            status.transactions(),
            status.events(),
            status.logBytesBehind(),
            status.logRecordsBehind(),
            new Lag(
                lag.ageMillis(),
                lag.lastMillis(),
                lag.p50Millis(),
                lag.p99Millis(),
                lag.maxMillis()),
            of(status.loads())));
  }

  private static Load of(List<ReplicatorStatus.LoadProgress> loads) {
    int complete = 0;
    long rows = 0;
    long estimated = 0;
    long bytes = 0;
    double rate = 0;
    for (ReplicatorStatus.LoadProgress load : loads) {
      complete += load.complete() ? 1 : 0;
      rows += load.rows();
      estimated += load.estimatedRows();
      bytes += load.bytes();
      rate += load.complete() ? 0 : load.rowsPerSecond();
    }
    return new Load(loads.size(), complete, rows, estimated, bytes, rate);
  }

  private static State of(LedgerStatus status) {
    Balanced balanced = status.balanced();
    Instant committed = balanced == null ? null : balanced.committedAt();
    return new State(
        working(status.failure(), Doing.RUNNING),
        status.failure(),
        new LedgerSaid(
            balanced == null ? null : text(balanced.position()),
            balanced == null ? null : (Long) balanced.transaction(),
            committed == null ? null : committed.toString(),
            status.counts().transactions(),
            status.counts().rows(),
            status.counts().findings()));
  }

  private static State of(ScanStatus status) {
    boolean waits = status.doing().isEmpty() || status.doing().equals("waiting");
    return new State(
        working(status.failure(), waits ? Doing.WAITING : Doing.RUNNING),
        status.failure(),
        new ScanSaid(status.doing()));
  }

  /** A look that failed makes a verdict too: UNKNOWN, for that reason. */
  private static State of(@Nullable WaveVerdict verdict, @Nullable Failure trouble) {
    if (verdict == null) {
      return new State(
          working(trouble, Doing.STARTING), trouble, new VerdictSaid(null, null, null, 0, 0, 0));
    }
    int equal = 0;
    int different = 0;
    int unknown = 0;
    for (TableVerdict table : verdict.tables()) {
      Verdict one = table.verdict();
      equal += one instanceof Verdict.Equal ? 1 : 0;
      different += one instanceof Verdict.Different ? 1 : 0;
      unknown += one instanceof Verdict.Unknown ? 1 : 0;
    }
    return new State(
        working(trouble, Doing.RUNNING),
        trouble,
        new VerdictSaid(
            verdict.verdict().word(),
            VerdictChange.reasonOf(verdict.verdict()),
            text(verdict.position()),
            equal,
            different,
            unknown));
  }

  private static Doing working(@Nullable Failure failure, Doing well) {
    if (failure == null) {
      return well;
    }
    if (waiting(failure)) {
      return Doing.WAITING;
    }
    // What would stop others is tried again by these, until somebody has acted.
    return switch (failure.kind().reaction()) {
      case RETRY -> Doing.RETRYING;
      case STOP, INCIDENT -> Doing.INCIDENT;
    };
  }

  private static boolean waiting(@Nullable Failure failure) {
    return failure != null && failure.code().endsWith("_WAITS");
  }

  private static @Nullable String text(@Nullable Position position) {
    return position == null ? null : position.text();
  }
}
