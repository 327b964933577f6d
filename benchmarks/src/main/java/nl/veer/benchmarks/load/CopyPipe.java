package nl.veer.benchmarks.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.OutsideProgram;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;

/**
 * The limit of a load: {@code psql} with a binary COPY on the one side, piped into one on the
 * other, nothing looked at on the way.
 */
record CopyPipe(World world, Shape shape, long rows) implements Contender {
  private static final String PIPE =
      """
      set -e
      psql -Xq "$FROM" -c "COPY $RELATION TO STDOUT (FORMAT binary)" |
        psql -Xq -v ON_ERROR_STOP=1 "$TO" -c "COPY $RELATION FROM STDIN (FORMAT binary)"
      """;

  @Override
  public Peer peer() {
    return Peer.COPY;
  }

  @Override
  public String name() {
    return "COPY pipe";
  }

  @Override
  public Optional<String> absent() {
    return OutsideProgram.absent("psql");
  }

  @Override
  public List<Party> tool() {
    return List.of(Party.programs("tool"));
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = LoadContest.filled(world, List.of(shape), rows)) {
      Map<String, String> variables =
          Map.of(
              "FROM", OutsideProgram.uri(crossing.source()),
              "TO", OutsideProgram.uri(crossing.target()),
              "RELATION", shape.name());
      lap.begin();
      OutsideProgram.run(List.of("/bin/sh", "-c", PIPE), variables);
      lap.end(rows);
      crossing.assertEqual();
    }
  }
}
