package nl.veer.benchmarks.scan;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Crossing;

/**
 * Statements that the databases work off by themselves: of each segment of the key the number of
 * rows and a digest, one segment after the other, on both sides at once.
 *
 * @param digest an aggregate over the rows {@code t}
 * @param segment how many ids are asked for at once
 */
record SqlDigest(String name, Crossing crossing, long rows, String digest, long segment)
    implements Contender {
  /** What pt-table-checksum reads in its half second ({@code --chunk-time}), about. */
  private static final long CHUNK_ROWS = 25_000;

  /** data-diff's {@code bisection_factor}. */
  private static final int SEGMENTS = 32;

  /** The limit: one statement that hashes every row and adds up. It finds no difference's place. */
  static SqlDigest wholeTable(Crossing crossing, long rows) {
    return new SqlDigest(
        "sum of hashes in the database", crossing, rows, "sum(hashtextextended(t::text, 0))", rows);
  }

  /**
   * The method of pt-table-checksum (Percona Toolkit), in PostgreSQL's words: the table in chunks,
   * of each the XOR of the rows' checksums. Its checksum is CRC32, which PostgreSQL 17 does not
   * have; the md5 that it offers instead is taken.
   */
  static SqlDigest chunks(Crossing crossing, long rows) {
    return new SqlDigest(
        "pt-table-checksum's method",
        crossing,
        rows,
        "bit_xor(('x' || left(md5(t::text), 16))::bit(64)::bigint)",
        CHUNK_ROWS);
  }

  /**
   * The method of data-diff (Datafold), over equal tables: segments of the key, of each the sum of
   * the last 60 bits of the md5 of its columns, joined. Segments that are equal are not divided
   * further, so that this is all of it. It does so with one thread on each side.
   */
  static SqlDigest bisection(Crossing crossing, long rows) {
    return new SqlDigest(
        "data-diff's method",
        crossing,
        rows,
        "sum(('x' || substring(md5(t::text), 18))::bit(60)::bigint)",
        (rows + SEGMENTS - 1) / SEGMENTS);
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
      for (long first = 1; first <= rows; first += segment) {
        sides.requireSame(
            "SELECT count(*), %s FROM %s t%s"
                .formatted(digest, crossing.shape().name(), within(first)));
      }
    }
    lap.end(rows);
  }

  /** The whole table is asked for as a whole. */
  private String within(long first) {
    return segment == rows ? "" : " WHERE id >= %d AND id < %d".formatted(first, first + segment);
  }
}
