package nl.veer.control.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.control.dashboard.feed.GateLook;
import nl.veer.control.gate.GateView;
import org.jspecify.annotations.Nullable;

/**
 * How the waves' gates stood when they were looked at last. A look takes seconds; while one is
 * under way, the one before is told.
 *
 * @param at when the look ended; null if none has yet
 * @param ageMillis since then
 * @param looking whether another look is under way
 * @param failure why the last look gave nothing; null if it did
 */
public record GateBody(
    @Nullable String at,
    @Nullable Long ageMillis,
    boolean looking,
    @Nullable String failure,
    List<GateView> gates) {

  public GateBody {
    gates = List.copyOf(gates);
  }

  public static GateBody of(GateLook look, Instant now) {
    Instant at = look.at();
    return new GateBody(
        at == null ? null : at.toString(),
        at == null ? null : (Long) Math.max(0, Duration.between(at, now).toMillis()),
        look.looking(),
        look.failure(),
        look.gates());
  }
}
