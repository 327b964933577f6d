package nl.veer.control.dashboard.feed;

import java.time.Instant;
import java.util.List;
import nl.veer.control.gate.GateView;
import org.jspecify.annotations.Nullable;

/**
 * The last look at the gates.
 *
 * @param at when it ended; null if none has yet
 * @param looking whether another one is under way
 * @param failure why it gave nothing; null if it did
 */
public record GateLook(
    @Nullable Instant at, boolean looking, @Nullable String failure, List<GateView> gates) {
  static final GateLook NONE = new GateLook(null, false, null, List.of());

  public GateLook {
    gates = List.copyOf(gates);
  }

  GateLook lookingAgain() {
    return new GateLook(at, true, failure, gates);
  }
}
