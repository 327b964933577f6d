package nl.veer.control.reading;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind.Reaction;
import nl.veer.control.reading.RoleReading.Seen;
import nl.veer.control.wave.RoleThread;
import nl.veer.control.wave.ScanStatus;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.LedgerStatus;
import org.jspecify.annotations.Nullable;

/** What is seen of a wave's roles, from their threads and from what they say. Pure. */
final class RoleLook {
  private RoleLook() {}

  /**
   * How a role of this process does.
   *
   * @param running whether its thread is alive
   * @param end what it ended with, if it did
   */
  static Seen here(String role, boolean running, @Nullable Failure end, RoleWords words) {
    if (!running) {
      return new Seen(role, true, end == null ? RoleState.ENDED : RoleState.FAILED, null, end);
    }
    CaptureStatus capture = words.capture();
    ReplicatorStatus replicator = words.replicator();
    CaptureStatus echo = words.echo();
    LedgerStatus ledger = words.ledger();
    ScanStatus scan = words.scan();
    if (role.equals("capture") && capture != null) {
      return capturing(role, capture);
    }
    if (role.equals("echo") && echo != null) {
      return capturing(role, echo);
    }
    if (role.equals("replicate") && replicator != null) {
      return new Seen(role, true, state(replicator.state()), null, replicator.failure());
    }
    if (role.equals("ledger") && ledger != null) {
      return new Seen(role, true, state(ledger.failure()), null, ledger.failure());
    }
    if (role.equals("scan") && scan != null) {
      return tryingAgain(role, scan.failure());
    }
    if (role.equals("verdict")) {
      return tryingAgain(role, words.verdictTrouble());
    }
    return new Seen(role, true, RoleState.WELL, null, null);
  }

  /** Whatever is in the way of such a role, it tries again. */
  private static Seen tryingAgain(String role, @Nullable Failure failure) {
    return new Seen(
        role, true, failure == null ? RoleState.WELL : RoleState.RETRYING, null, failure);
  }

  /** Those that others must do, as the two databases see them. */
  static List<Seen> elsewhere(List<RoleThread> here, Surroundings around, boolean ledger) {
    List<Seen> seen = new ArrayList<>();
    elsewhere(seen, here, "capture", connected(around.logSlot()));
    elsewhere(seen, here, "replicate", around.replicating());
    if (ledger) {
      elsewhere(seen, here, "echo", connected(around.echoSlot()));
    }
    return seen;
  }

  private static void elsewhere(
      List<Seen> seen, List<RoleThread> here, String role, @Nullable Boolean connected) {
    if (here.stream().noneMatch(thread -> thread.role().equals(role))) {
      RoleState state =
          connected == null ? RoleState.UNKNOWN : connected ? RoleState.WELL : RoleState.SILENT;
      seen.add(new Seen(role, false, state, null, null));
    }
  }

  /** A slot that is not made yet says nothing. */
  private static @Nullable Boolean connected(@Nullable SlotReading slot) {
    return slot == null ? null : (Boolean) slot.active();
  }

  private static Seen capturing(String role, CaptureStatus status) {
    return new Seen(
        role,
        true,
        switch (status.state()) {
          case STARTING -> RoleState.WAITING;
          case STREAMING -> RoleState.WELL;
          case RETRYING -> RoleState.RETRYING;
          case INCIDENT -> RoleState.INCIDENT;
          case STOPPED -> RoleState.ENDED;
          case FAILED -> RoleState.FAILED;
        },
        status.transactions(),
        status.failure());
  }

  private static RoleState state(ReplicatorStatus.State state) {
    return switch (state) {
      case STARTING -> RoleState.WAITING;
      case LOADING, CATCHING_UP, REPLICATING -> RoleState.WELL;
      case RETRYING -> RoleState.RETRYING;
      case INCIDENT -> RoleState.INCIDENT;
      case STOPPED -> RoleState.ENDED;
      case FAILED -> RoleState.FAILED;
    };
  }

  private static RoleState state(@Nullable Failure failure) {
    if (failure == null) {
      return RoleState.WELL;
    }
    if (failure.code().equals("LEDGER_WAITS")) {
      return RoleState.WAITING;
    }
    return failure.kind().reaction() == Reaction.INCIDENT ? RoleState.INCIDENT : RoleState.RETRYING;
  }
}
