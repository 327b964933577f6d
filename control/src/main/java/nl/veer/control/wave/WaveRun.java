package nl.veer.control.wave;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.dialect.ReadySessions;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles of a wave's leg in this process, each on a thread of its own. The replicator waits
 * until the capture has made the log. A role that ends with a failure reports it once; whoever owns
 * the run then stops everything. A role beside the crossing ends alone; so does the echo, unless
 * nothing else runs here. Safe for use by several threads.
 */
public final class WaveRun {
  private static final Logger LOG = LoggerFactory.getLogger(WaveRun.class);

  /** The replicator takes over, looks what is loaded, and applies. */
  private static final int START_SESSIONS = 3;

  private static final Duration AFTER_CARRYING = Duration.ofSeconds(1);

  static final String CAPTURE = "capture";
  static final String REPLICATE = "replicate";

  private final Leg leg;
  private final Duration heartbeat;
  private final WaveRoles roles;
  private final Owner owner;
  private final StopSignal stop = new StopSignal();
  private final CountDownLatch prepared = new CountDownLatch(1);
  private final List<RoleThread> threads = new CopyOnWriteArrayList<>();
  private boolean capturing;
  private boolean carrying;
  private boolean readied;

  /** Whoever owns the run. */
  interface Owner {
    /** Whether the leg is over, so that a role which fails has only not heard of it yet. */
    boolean isOver(Failure failure);

    /** A role that carries the wave has ended with a failure. */
    void ended(Failure failure);
  }

  WaveRun(Leg leg, Duration heartbeat, WaveRoles roles, Owner owner) {
    this.leg = leg;
    this.heartbeat = heartbeat;
    this.roles = roles;
    this.owner = owner;
  }

  /** Starts what a leg in this state has running, as far as it is not started. */
  synchronized void start(LegState state) {
    boolean captures = state != LegState.RETIRED && !capturing;
    boolean carries = state == LegState.ACTIVE && !carrying;
    if (captures) {
      capturing = true;
      capture();
    }
    if (state == LegState.PREPARED && !readied) {
      readied = true;
      ready();
    }
    if (carries) {
      carrying = true;
      carry();
    }
    if (captures) {
      follow();
    }
    if (carries) {
      prove();
    }
  }

  /** What can be done ahead is, for the leg will begin while writes are refused. */
  private void ready() {
    ReadyReader reader = roles.reader();
    if (reader != null) {
      reader.prepare();
    }
    ReadySessions sessions = roles.sessions();
    if (sessions != null) {
      sessions.open(START_SESSIONS);
    }
    EchoStart echoStart = roles.echoStart();
    if (echoStart != null) {
      echoStart.laidAlready();
    }
  }

  private void capture() {
    Capture capture = roles.capture();
    if (capture == null) {
      prepared.countDown();
    } else {
      begin(CAPTURE, () -> capture(capture), this::ended);
    }
  }

  private void carry() {
    Replicator replicator = roles.replicator();
    if (replicator != null) {
      begin(REPLICATE, () -> replicate(replicator), this::ended);
    }
  }

  private void follow() {
    EchoRun echo = roles.echo();
    if (echo != null) {
      begin(echo.name(), echo::run, roles.isEchoAlone() ? this::ended : WaveRun::alone);
    }
  }

  private void prove() {
    LedgerRun ledger = roles.ledger();
    if (ledger != null) {
      proving(ledger);
    }
    roles.proof().roles().forEach(this::proving);
  }

  private void proving(SideRole role) {
    begin(
        role.name(),
        () -> {
          letCarry();
          role.run();
        },
        WaveRun::alone);
  }

  /** Writes are refused while a leg behind the first one begins: nothing else is in a hurry. */
  private void letCarry() {
    if (leg.number() > 0) {
      stop.await(AFTER_CARRYING);
    }
  }

  /** Whether the wave's next leg is about to begin: all rests until then but what is waited for. */
  void rest(boolean moving) {
    ScanRun scan = roles.proof().scan();
    if (scan != null) {
      scan.rest(moving);
    }
    if (moving) {
      hurry();
    }
  }

  /** Nobody waits for the echo of a leg that does not carry yet. */
  private void hurry() {
    Capture capture = roles.capture();
    if (capture != null) {
      capture.hurry(true);
    }
    EchoRun echo = roles.echo();
    if (echo != null) {
      echo.hurry(hasCarried());
    }
  }

  private synchronized boolean hasCarried() {
    return carrying;
  }

  /** A leg behind the first was made with its log; a role must not make that anew. */
  private void capture(Capture role) {
    if (leg.number() == 0) {
      Retrying retrying = new Retrying(stop, failure -> warn(CAPTURE, failure));
      retrying.untilDone(role::prepare);
    }
    prepared.countDown();
    if (!stop.isRaised()) {
      role.run();
    }
  }

  private void replicate(Replicator role) {
    try {
      prepared.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    EchoStart echoStart = roles.echoStart();
    if (echoStart != null) {
      new Retrying(stop, failure -> warn(REPLICATE, failure)).untilDone(echoStart::beforeLoad);
    }
    if (!stop.isRaised()) {
      role.run();
    }
  }

  /** What the end of a role with a failure is for the others. */
  private interface Ending {
    void of(String name, Failure failure);
  }

  private static void alone(String name, Failure failure) {
    // It shows its failure itself.
  }

  private void begin(String name, Runnable role, Ending ending) {
    RoleThread thread =
        new RoleThread(name, name + " " + leg.wave(), own -> guarded(own, role, ending));
    threads.add(thread);
    thread.start();
  }

  private void guarded(RoleThread own, Runnable role, Ending ending) {
    String name = own.role();
    LOG.atInfo().addKeyValue("wave", leg.wave()).addKeyValue("role", name).log("Role begins");
    try {
      role.run();
      LOG.atInfo().addKeyValue("wave", leg.wave()).addKeyValue("role", name).log("Role ended");
    } catch (Failure failure) {
      failed(own, failure, ending);
    } catch (RuntimeException | Error e) {
      failed(
          own,
          new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e),
          ending);
    }
  }

  private void failed(RoleThread own, Failure failure, Ending ending) {
    String name = own.role();
    if (owner.isOver(failure)) {
      LOG.atInfo()
          .addKeyValue("wave", leg.wave())
          .addKeyValue("role", name)
          .addKeyValue("code", failure.code())
          .log("Role ended, for the leg is over");
      return;
    }
    LOG.atError()
        .addKeyValue("wave", leg.wave())
        .addKeyValue("role", name)
        .addKeyValue("code", failure.code())
        .setCause(failure)
        .log("Role failed");
    own.failed(failure);
    ending.of(name, failure);
  }

  private void ended(String name, Failure failure) {
    owner.ended(
        new Failure(
            failure.kind(),
            failure.code(),
            "Wave %s, %s: %s".formatted(leg.home().wave(), name, failure.getMessage()),
            failure));
  }

  private void warn(String name, Failure failure) {
    LOG.atWarn()
        .addKeyValue("wave", leg.wave())
        .addKeyValue("role", name)
        .addKeyValue("code", failure.code())
        .log("Retrying: {}", failure.getMessage());
  }

  /** Asks the roles to end; returns at once. */
  void stop() {
    stopCarrying();
    Capture capture = roles.capture();
    if (capture != null) {
      capture.stop();
    }
    EchoRun echo = roles.echo();
    if (echo != null) {
      echo.stop();
    }
  }

  /** Asks all roles to end but the captures, which make nothing more; returns at once. */
  void stopCarrying() {
    stop.raise();
    prepared.countDown();
    EchoRun echo = roles.echo();
    if (echo != null) {
      echo.stopPreparing();
    }
    Replicator replicator = roles.replicator();
    if (replicator != null) {
      replicator.stop();
    }
    ReadyReader reader = roles.reader();
    if (reader != null) {
      reader.close();
    }
    ReadySessions sessions = roles.sessions();
    if (sessions != null) {
      sessions.close();
    }
    LedgerRun ledger = roles.ledger();
    if (ledger != null) {
      ledger.stop();
    }
    roles.proof().roles().forEach(SideRole::stop);
    EchoStart echoStart = roles.echoStart();
    if (echoStart != null) {
      echoStart.stop();
    }
  }

  /** Waits for the roles' end; tells whether they ended in time. */
  boolean awaitEnd(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (RoleThread thread : threads) {
      try {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return isEnded();
  }

  /** Whether none of its roles is at work any more; never waits. */
  boolean isEnded() {
    return threads.stream().noneMatch(RoleThread::isRunning);
  }

  /** Whether a role of this name is at work. */
  boolean isAtWork(String name) {
    return threads.stream().anyMatch(one -> one.role().equals(name) && one.isRunning());
  }

  /** What a role of this name ended with; null if it did not, or ended well. */
  @Nullable Failure failure(String name) {
    for (RoleThread one : threads) {
      Failure failure = one.failure();
      if (one.role().equals(name) && failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** The threads of the roles that were begun, in their order. */
  public List<RoleThread> threads() {
    return List.copyOf(threads);
  }

  /** The leg's own id. */
  public WaveId wave() {
    return leg.wave();
  }

  public Leg leg() {
    return leg;
  }

  /** How often at least the source commits something. */
  public Duration heartbeat() {
    return heartbeat;
  }

  public @Nullable CaptureStatus captureStatus() {
    Capture capture = roles.capture();
    return capture == null ? null : capture.status();
  }

  /** How far the echo is; null if it is not captured here. */
  public @Nullable CaptureStatus echoStatus() {
    EchoRun echo = roles.echo();
    return echo == null ? null : echo.status();
  }

  /** How far log and echo are balanced; null if that is not done here. */
  public @Nullable LedgerStatus ledgerStatus() {
    LedgerRun ledger = roles.ledger();
    return ledger == null ? null : ledger.status();
  }

  /** What is known of it; null if nobody judges here, or could. */
  public @Nullable WaveVerdict verdict() {
    VerdictRun verdict = roles.proof().verdict();
    return verdict == null ? null : verdict.verdict(failure(verdict.name()));
  }

  /** What the last look at the verdict failed with; null if it did not, or nobody judges here. */
  public @Nullable Failure verdictTrouble() {
    VerdictRun verdict = roles.proof().verdict();
    return verdict == null ? null : verdict.trouble();
  }

  /** What its scans do; null if none run here. */
  public @Nullable ScanStatus scanStatus() {
    ScanRun scan = roles.proof().scan();
    return scan == null ? null : scan.status();
  }

  public @Nullable ReplicatorStatus replicatorStatus() {
    Replicator replicator = roles.replicator();
    return replicator == null ? null : replicator.status();
  }
}
