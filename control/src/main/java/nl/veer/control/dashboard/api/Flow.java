package nl.veer.control.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.control.dashboard.api.FlowLeg.State;
import nl.veer.control.dashboard.feed.Rates;
import nl.veer.control.dashboard.feed.WaveMeasures;
import nl.veer.control.status.EchoStatus;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.Speaker;
import org.jspecify.annotations.Nullable;

/**
 * A wave's way from the source to the verifier. How a role is, it says itself; only of one that
 * says nothing that stands for it what the databases show. Pure.
 */
record Flow(WaveStatus wave, WaveMeasures measures, boolean silent, @Nullable Long age) {

  List<FlowLeg> legs() {
    return List.of(capture(), replicator(), echo(), verifier());
  }

  private FlowLeg capture() {
    return leg(
        "source",
        "log",
        Speaker.CAPTURE,
        new Shown(unsaid(), wave.failure()),
        captured(Speaker.CAPTURE),
        behind(wave.sourcePosition(), wave.logPosition()),
        wave.logPosition());
  }

  private FlowLeg replicator() {
    return leg(
        "log",
        "target",
        Speaker.REPLICATOR,
        new Shown(unsaid(), wave.failure()),
        wave.lagMillis(),
        behind(wave.logPosition(), wave.appliedPosition()),
        wave.appliedPosition());
  }

  private FlowLeg echo() {
    EchoStatus echo = wave.echo();
    return leg(
        "target",
        "echo",
        Speaker.ECHO,
        echo == null
            ? new Shown(State.NOT_STARTED, null)
            : new Shown(state(echo.state()), echo.failure()),
        captured(Speaker.ECHO),
        echo == null ? null : echo.bytesKept(),
        echo == null ? null : echo.position());
  }

  private FlowLeg verifier() {
    LedgerFigures ledger = wave.ledger();
    String balanced = ledger == null ? null : ledger.balancedPosition();
    return leg(
        "echo",
        "verifier",
        Speaker.LEDGER,
        ledger == null
            ? new Shown(State.NOT_STARTED, null)
            : new Shown(state(ledger.state()), ledger.failure()),
        ledger == null ? null : ledger.lagMillis(),
        behind(wave.appliedPosition(), balanced),
        balanced);
  }

  private Optional<RoleFigures> role(Speaker speaker) {
    return wave.roles().stream().filter(one -> one.role().equals(speaker.word())).findFirst();
  }

  /** How old its last commit was when a capture said so; null if it does not say that now. */
  private @Nullable Long captured(Speaker speaker) {
    RoleFigures role = role(speaker).filter(Flow::says).orElse(null);
    if (role == null
        || role.isSilent()
        || !(role.said() instanceof CaptureSaid said)
        || said.committedAt() == null
        || role.at() == null) {
      return null;
    }
    Duration lag = Duration.between(Instant.parse(said.committedAt()), Instant.parse(role.at()));
    return Math.max(0, lag.toMillis());
  }

  /** What the databases show of a role, for where it says nothing itself. */
  private record Shown(State state, @Nullable String failure) {}

  private FlowLeg leg(
      String from,
      String to,
      Speaker speaker,
      Shown shown,
      @Nullable Long lag,
      @Nullable Long bytes,
      @Nullable String position) {
    Optional<RoleFigures> role = role(speaker);
    Rates rates = silent ? Rates.UNKNOWN : measures.rate(speaker.word());
    // A slot that is lost, its reader need not have noticed.
    boolean said = role.filter(Flow::says).isPresent() && shown.state != State.FAILED;
    boolean speaks = said && role.filter(RoleFigures::isSilent).isEmpty();
    return new FlowLeg(
        from,
        to,
        silent ? State.UNKNOWN : said ? role.map(Flow::state).orElseThrow() : shown.state,
        rates.transactionsPerSecond(),
        rates.rowsPerSecond(),
        silent ? null : lag,
        silent ? null : bytes,
        heard(role.map(RoleFigures::ageMillis).orElse(null)),
        position,
        speaks ? role.map(RoleFigures::failure).orElse(null) : shown.failure);
  }

  private @Nullable Long heard(@Nullable Long atReading) {
    return atReading == null || age == null ? null : (Long) (atReading + age);
  }

  /** Whether it says something of itself, or is missed because it does not. */
  private static boolean says(RoleFigures role) {
    return switch (state(role)) {
      case UNKNOWN, ENDED, NOT_STARTED -> false;
      default -> true;
    };
  }

  private static State state(RoleFigures role) {
    return switch (role.state()) {
      case "STARTING" -> State.STARTING;
      case "WAITING" -> State.WAITING;
      case "LOADING" -> State.LOADING;
      case "CATCHING_UP" -> State.CATCHING_UP;
      case "RUNNING" -> State.RUNNING;
      case "RETRYING" -> State.RETRYING;
      case "INCIDENT" -> State.INCIDENT;
      case "FAILED" -> State.FAILED;
      case "ENDED" -> State.ENDED;
      case RoleFigures.SILENT -> State.SILENT;
      default -> State.UNKNOWN;
    };
  }

  /** Of a role that carries the wave and says nothing. */
  private State unsaid() {
    return switch (wave.state()) {
      case NOT_STARTED -> State.NOT_STARTED;
      case STOPPED -> State.ENDED;
      default -> State.UNKNOWN;
    };
  }

  private static State state(WaveState state) {
    return switch (state) {
      case NOT_STARTED -> State.NOT_STARTED;
      case STARTING -> State.STARTING;
      case LOADING -> State.LOADING;
      case CATCHING_UP -> State.CATCHING_UP;
      case CAPTURING, REPLICATING -> State.RUNNING;
      case RETRYING -> State.RETRYING;
      case INCIDENT -> State.INCIDENT;
      case SILENT -> State.SILENT;
      case STOPPED -> State.ENDED;
      case FAILED -> State.FAILED;
      case UNKNOWN -> State.UNKNOWN;
    };
  }

  private static State state(LedgerFigures.State state) {
    return switch (state) {
      case WAITING -> State.WAITING;
      case BALANCING -> State.RUNNING;
      case RETRYING -> State.RETRYING;
      case INCIDENT -> State.INCIDENT;
      case SILENT -> State.SILENT;
      case STOPPED -> State.ENDED;
      case FAILED -> State.FAILED;
    };
  }

  private static @Nullable Long behind(@Nullable String ahead, @Nullable String here) {
    if (ahead == null || here == null) {
      return null;
    }
    try {
      return Math.max(0, LsnPosition.parse(ahead).lsn() - LsnPosition.parse(here).lsn());
    } catch (IllegalArgumentException e) {
      // Another database's position has no distance in bytes.
      return null;
    }
  }
}
