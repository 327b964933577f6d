package nl.veer.benchmarks.load;

import java.nio.file.Path;
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
import nl.veer.sandbox.process.ServerDirectory;

/** pgcopydb's copy of the tables' rows by two of its workers, from a snapshot of its own. */
record Pgcopydb(String name, World world, List<Shape> shapes, long rows) implements Contender {
  private static final String WORKERS = "2";

  /** Larger tables are copied in parts, as Veer does with two workers. */
  private static final String SPLIT = "10MB";

  @Override
  public Peer peer() {
    return Peer.PGCOPYDB;
  }

  @Override
  public Optional<String> absent() {
    return OutsideProgram.absent("pgcopydb", "pg_dump", "pg_restore");
  }

  @Override
  public List<Party> tool() {
    return List.of(Party.programs("tool"));
  }

  @Override
  public void run(Lap lap) throws Exception {
    Path directory = world.directory("pgcopydb");
    try (Crossing crossing = LoadContest.filled(world, shapes, rows)) {
      Map<String, String> variables =
          Map.of(
              "PGCOPYDB_SOURCE_PGURI", OutsideProgram.uri(crossing.source()),
              "PGCOPYDB_TARGET_PGURI", OutsideProgram.uri(crossing.target()));
      lap.begin();
      OutsideProgram.run(
          List.of(
              "pgcopydb",
              "copy",
              "table-data",
              "--dir",
              directory.resolve("work").toString(),
              "--table-jobs",
              WORKERS,
              "--split-tables-larger-than",
              SPLIT),
          variables);
      lap.end(rows);
      crossing.assertEqual();
    } finally {
      ServerDirectory.delete(directory);
    }
  }
}
