package nl.veer.benchmarks.scan;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Crossing;

/**
 * The method of data-diff (Datafold), over equal tables: 32 segments of the key ({@code
 * bisection_factor}), of each the number of rows and the sum of the last 60 bits of the md5 of its
 * columns, joined. Segments that are equal are not divided further, so that this is all of it. It
 * does so with one thread on each side.
 */
record Md5Bisection(Crossing crossing, long rows) implements Contender {
  private static final int SEGMENTS = 32;

  @Override
  public String name() {
    return "data-diff's method";
  }

  @Override
  public Peer peer() {
    return Peer.SQL;
  }

  @Override
  public List<Party> tool() {
    return List.of();
  }

  @Override
  public void run(Lap lap) throws Exception {
    lap.begin();
    try (BothSides sides = new BothSides(crossing)) {
      long step = (rows + SEGMENTS - 1) / SEGMENTS;
      for (long first = 1; first <= rows; first += step) {
        sides.requireSame(
            """
            SELECT count(*), sum(('x' || substring(md5(t::text), 18))::bit(60)::bigint)
            FROM %s t WHERE id >= %d AND id < %d\
            """
                .formatted(crossing.shape().name(), first, first + step));
      }
    }
    lap.end(rows);
  }
}
