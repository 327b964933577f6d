package nl.veer.benchmarks.scan;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Crossing;

/** The limit: one statement that hashes every row and adds up. It finds no difference's place. */
record WholeTableHash(Crossing crossing, long rows) implements Contender {

  @Override
  public String name() {
    return "sum of hashes in the database";
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
      sides.requireSame(
          "SELECT count(*), sum(hashtextextended(t::text, 0)) FROM %s t"
              .formatted(crossing.shape().name()));
    }
    lap.end(rows);
  }
}
