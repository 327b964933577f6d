package nl.veer.control.status;

import java.sql.SQLException;
import java.util.Optional;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.control.config.Size;
import nl.veer.control.word.Heard;
import org.jspecify.annotations.Nullable;

/**
 * Reads how far an echo is from the target's slot and the topic, and from its capture's own words
 * whether that is well, whoever captures it.
 */
final class EchoReader {
  private static final String OFF =
      "verification.ledger is false, but the echo's slot is still there and keeps the target's WAL:"
          + " veer verify --again removes it.";

  private final StatusSessions sessions;
  private final TargetConnections target;
  private final Optional<KafkaEndpoint> kafka;
  private final boolean wanted;

  /**
   * @param kafka empty if it does not run
   * @param wanted whether the configuration asks for an echo
   */
  EchoReader(
      StatusSessions sessions,
      TargetConnections target,
      Optional<KafkaEndpoint> kafka,
      boolean wanted) {
    this.sessions = sessions;
    this.target = target;
    this.kafka = kafka;
    this.wanted = wanted;
  }

  /**
   * What is so now; null if there is no echo and shall be none.
   *
   * @param words the last of its capture
   */
  @Nullable EchoStatus read(EchoId echo, Optional<Heard> words) {
    Optional<PostgresSlotState> slot;
    try {
      slot = sessions.ask(target, connection -> PostgresSlots.find(connection, echo.slot()));
    } catch (SQLException e) {
      return wanted ? unknown("target: " + PostgresFailures.words(e)) : null;
    }
    if (slot.isEmpty() && !wanted) {
      return null;
    }
    if (kafka.isEmpty()) {
      return unknown("the embedded broker is not running; start it with veer run");
    }
    try {
      return judged(slot, LogReader.read(kafka.get(), echo, words), wanted, words);
    } catch (Failure e) {
      return unknown(String.valueOf(e.getMessage()));
    }
  }

  private static EchoStatus unknown(String why) {
    return new EchoStatus(WaveState.UNKNOWN, null, null, null, why);
  }

  /**
   * @param end null if there is no topic
   * @param heard what its capture says of itself; a slot that is read stands for one that is silent
   *     from the first
   */
  static EchoStatus judged(
      Optional<PostgresSlotState> slot,
      @Nullable LogEnd end,
      boolean wanted,
      Optional<Heard> heard) {
    boolean begun = end != null && end.begun();
    Optional<Heard> living = heard.filter(one -> one.speaks() || one.silent());
    WaveState state;
    String failure = null;
    if (slot.isEmpty() && begun) {
      state = WaveState.FAILED;
      failure = "The target has no slot for it any more: veer verify --again.";
    } else if (slot.isPresent() && slot.get().isLost()) {
      state = WaveState.FAILED;
      failure = "The target has given up its slot: veer verify --again.";
    } else if (living.isPresent()) {
      state = state(living.get(), begun);
      failure = trouble(living.get(), slot, wanted);
    } else if (slot.isEmpty()) {
      state = WaveState.NOT_STARTED;
    } else if (slot.get().isActive()) {
      state = begun ? WaveState.CAPTURING : WaveState.STARTING;
    } else {
      state = WaveState.STOPPED;
      failure = unread(slot.get(), wanted);
    }
    return new EchoStatus(
        state,
        end == null ? null : LiveStatus.text(end.position()),
        end == null ? null : (Long) end.transaction(),
        slot.isEmpty() || slot.get().lagBytes() < 0 ? null : (Long) slot.get().lagBytes(),
        failure);
  }

  private static WaveState state(Heard heard, boolean begun) {
    WaveState state = LegWords.state(heard);
    if (state != WaveState.REPLICATING) {
      return state;
    }
    return begun ? WaveState.CAPTURING : WaveState.STARTING;
  }

  private static @Nullable String trouble(
      Heard heard, Optional<PostgresSlotState> slot, boolean wanted) {
    if (!heard.silent()) {
      return heard.word().failure();
    }
    boolean unread = slot.filter(each -> !each.isActive()).isPresent();
    return LegWords.words(heard) + (unread ? ". " + unread(slot.get(), wanted) : "");
  }

  private static String unread(PostgresSlotState slot, boolean wanted) {
    return wanted ? left(slot) : OFF;
  }

  private static String left(PostgresSlotState slot) {
    return "Nobody reads its slot, and the target keeps its WAL for it (%s so far): start veer verify,"
            .formatted(Size.approximately(Math.max(0, slot.lagBytes())))
        + " or remove the slot with veer verify --again.";
  }
}
