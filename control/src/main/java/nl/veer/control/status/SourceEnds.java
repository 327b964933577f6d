package nl.veer.control.status;

import java.util.HashMap;
import java.util.Map;
import nl.veer.connectors.event.Position;
import nl.veer.control.wave.Leg;
import org.jspecify.annotations.Nullable;

/** The ends of the WAL of whichever sides the waves' legs come from. Owned by one thread. */
public final class SourceEnds implements AutoCloseable {
  private final Map<String, SourceEnd> ends = new HashMap<>();

  /** The end now on the side that the leg comes from; null if it cannot be read. */
  public @Nullable Position position(Leg leg) {
    return ends.computeIfAbsent(leg.from().endpoint().url(), any -> new SourceEnd(leg.from()))
        .position();
  }

  @Override
  public void close() {
    ends.values().forEach(SourceEnd::close);
  }
}
