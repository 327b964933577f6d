package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A role's memory over time, and the judgement whether it stays flat. The first quarter warms up:
 * classes, compiled code, caches that fill. Over the rest, the slope is the median of the slopes
 * between all pairs of samples (Theil and Sen), which no few outliers can bend.
 */
final class FlatMemory {
  /**
   * What the live heap may seem to grow by over the window: what happens to be in hand when a
   * sample is taken (a batch, a fetch) moves the slope of a short window by a few MiB. Ten bytes
   * kept for each change at 1,000 changes a second come to 26 MiB in three quarters of an hour.
   */
  private static final double HEAP_GROWTH_MIB = 8;

  /** The process also has its allocator's arenas and compiled code, which settle late. */
  private static final double RESIDENT_GROWTH_MIB = 32;

  private static final int BARS = 40;

  private final String role;
  private final List<Sample> samples = new ArrayList<>();

  private record Sample(double seconds, double liveMiB, double residentMiB) {}

  FlatMemory(String role) {
    this.role = role;
  }

  void add(double seconds, double liveMiB, double residentMiB) {
    samples.add(new Sample(seconds, liveMiB, residentMiB));
  }

  /** The curve as text: a line for each sample, thinned out to at most sixty. */
  String curve() {
    double most = samples.stream().mapToDouble(Sample::residentMiB).max().orElse(1);
    StringBuilder text = new StringBuilder();
    int step = Math.max(1, samples.size() / 60);
    for (int i = 0; i < samples.size(); i += step) {
      Sample sample = samples.get(i);
      int live = (int) Math.round(BARS * sample.liveMiB() / most);
      int resident = (int) Math.round(BARS * sample.residentMiB() / most);
      text.append(
          String.format(
              Locale.ROOT,
              "%-9s %6.0f s  live %4.0f MiB  process %4.0f MiB  |%s%s%n",
              role,
              sample.seconds(),
              sample.liveMiB(),
              sample.residentMiB(),
              "#".repeat(live),
              ".".repeat(Math.max(0, resident - live))));
    }
    return text.toString();
  }

  /** The growth over the last three quarters, as the slope has it. */
  String growth() {
    return String.format(
        Locale.ROOT,
        "%s: live heap %+.2f MiB, process %+.2f MiB over the last %.0f s of %d samples",
        role,
        heapGrowth(),
        residentGrowth(),
        window(),
        samples.size());
  }

  void assertFlat() {
    assertThat(samples).as("samples of %s", role).hasSizeGreaterThanOrEqualTo(12);
    assertThat(heapGrowth()).as(growth()).isLessThan(HEAP_GROWTH_MIB);
    assertThat(residentGrowth()).as(growth()).isLessThan(RESIDENT_GROWTH_MIB);
  }

  private double heapGrowth() {
    return slope(settled().stream().map(s -> new double[] {s.seconds(), s.liveMiB()}).toList())
        * window();
  }

  private double residentGrowth() {
    return slope(settled().stream().map(s -> new double[] {s.seconds(), s.residentMiB()}).toList())
        * window();
  }

  private double window() {
    List<Sample> settled = settled();
    return settled.get(settled.size() - 1).seconds() - settled.get(0).seconds();
  }

  private List<Sample> settled() {
    return samples.subList(samples.size() / 4, samples.size());
  }

  private static double slope(List<double[]> points) {
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      for (int j = i + 1; j < points.size(); j++) {
        slopes.add((points.get(j)[1] - points.get(i)[1]) / (points.get(j)[0] - points.get(i)[0]));
      }
    }
    slopes.sort(null);
    return slopes.get(slopes.size() / 2);
  }
}
