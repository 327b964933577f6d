package nl.veer.control.cutover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.CutoverConfig;

/**
 * What an attempt will do, step by step, before any of it is done.
 *
 * @param wave as configured
 * @param leg number of the leg that it ends
 * @param proof how both sides will be compared
 */
public record CutoverPlan(
    WaveId wave,
    int leg,
    AttemptKind kind,
    List<TableId> tables,
    CutoverConfig config,
    Duration budget,
    Proof proof) {

  /**
   * @param fits whether it is known by now to be done within the budget, most likely
   * @param words for people
   */
  public record Proof(boolean fits, String words) {
    static Proof of(ProofPlan plan) {
      return new Proof(plan.fits(), plan.said());
    }
  }

  public CutoverPlan {
    tables = List.copyOf(tables);
  }

  /** The states in the order in which they are passed when all goes well. */
  public List<CutoverState> states() {
    List<CutoverState> states = new ArrayList<>();
    Optional<CutoverState> state = Optional.of(new CutoverState.Prepared());
    while (state.isPresent()) {
      states.add(state.get());
      state = state.get().next(kind);
    }
    return states;
  }

  /** For people: one line per step. */
  public List<String> lines() {
    return states().stream().map(state -> "%-10s %s".formatted(state.word(), said(state))).toList();
  }

  private String said(CutoverState state) {
    String left = FenceSide.leftBy(leg).word();
    String other = FenceSide.leftBy(leg).other().word();
    if (state instanceof CutoverState.Prepared) {
      return kind == AttemptKind.REHEARSAL
          ? "see whether the fence can be had on the " + left
          : "see whether the fence can be had, and capture the %s for the way back"
              .formatted(other);
    } else if (state instanceof CutoverState.Fenced) {
      return "the %s refuses writes to %d tables (%s); open transactions have %s; the marker goes in"
          .formatted(left, tables.size(), fence(), shown(config.writersWait()));
    } else if (state instanceof CutoverState.Drained) {
      return "the marker is applied on the %s, and balanced by the ledger".formatted(other);
    } else if (state instanceof CutoverState.Proven) {
      return proof.words;
    } else if (state instanceof CutoverState.Sequenced) {
      return "the %s's sequences are set %d steps beyond the %s's"
          .formatted(other, config.sequenceMargin(), left);
    } else if (state instanceof CutoverState.Reversed) {
      return "the %s follows the %s from here on; a marker makes the round".formatted(left, other);
    } else if (state instanceof CutoverState.Opened) {
      return "the %s takes writes%s".formatted(other, config.onOpen() == null ? "" : "; on-open");
    } else if (state instanceof CutoverState.Rehearsed) {
      return "the fence is lowered: the %s takes writes again".formatted(left);
    }
    return "";
  }

  private String fence() {
    String strategy = config.fence().name().toLowerCase(Locale.ROOT).replace('_', '-');
    boolean beside = config.fenceCommand() != null && !strategy.equals("command");
    return strategy + (beside ? " and fence-command" : "");
  }

  private static String shown(Duration time) {
    return time.toMillis() + " ms";
  }
}
