package nl.veer.benchmarks.scan;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Crossing;

/**
 * The method of pt-table-checksum (Percona Toolkit), in PostgreSQL's words: the table in chunks of
 * the key, of each the number of rows and the XOR of their checksums, one chunk after the other.
 * Its checksum is CRC32, which PostgreSQL 17 does not have; the md5 that it offers instead is
 * taken.
 */
record ChecksumChunks(Crossing crossing, long rows) implements Contender {
  /** What pt-table-checksum reads in its half second ({@code --chunk-time}), about. */
  private static final long CHUNK_ROWS = 25_000;

  @Override
  public String name() {
    return "pt-table-checksum's method";
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
      for (long first = 1; first <= rows; first += CHUNK_ROWS) {
        sides.requireSame(
            """
            SELECT count(*), bit_xor(('x' || left(md5(t::text), 16))::bit(64)::bigint)
            FROM %s t WHERE id >= %d AND id < %d\
            """
                .formatted(crossing.shape().name(), first, first + CHUNK_ROWS));
      }
    }
    lap.end(rows);
  }
}
