package nl.veer.benchmarks.contest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.benchmarks.cost.Meter;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.cost.Usage;
import org.jspecify.annotations.Nullable;

/** The clock and the meter of one contender's turn. */
public final class Lap implements AutoCloseable {
  private final List<Party> parties;
  private final Map<Figure, Double> figures = new LinkedHashMap<>();
  private @Nullable Meter meter;
  private long began;
  private double seconds;
  private long rows;
  private List<Usage> usage = List.of();

  Lap(List<Party> parties) {
    this.parties = List.copyOf(parties);
  }

  /**
   * Here the work begins.
   *
   * @param more whose use is counted too: processes of this turn alone
   */
  public void begin(Party... more) {
    List<Party> all = new ArrayList<>(List.of(more));
    all.addAll(parties);
    meter = Meter.start(all);
    began = System.nanoTime();
  }

  /**
   * Here it is done.
   *
   * @param rows that it did
   */
  public void end(long rows) {
    this.seconds = (System.nanoTime() - began) / 1e9;
    this.usage = Objects.requireNonNull(meter, "A lap begins before it ends").read();
    this.rows = rows;
    figures.put(Figure.ROWS, rows / seconds);
  }

  /** A figure of this turn beside its speed. */
  public void figure(Figure figure, double value) {
    figures.put(figure, value);
  }

  /** In place of the speed, where that says nothing. */
  public void withoutSpeed() {
    figures.remove(Figure.ROWS);
  }

  Trial trial() {
    if (rows == 0) {
      throw new IllegalStateException("The contender did not end its lap");
    }
    return new Trial(rows, seconds, figures, usage);
  }

  @Override
  public void close() {
    if (meter != null) {
      meter.close();
    }
  }
}
