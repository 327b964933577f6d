package nl.veer.verifier.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.Settlement.Pair;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.Sides.Answers;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.RowSum;
import org.jspecify.annotations.Nullable;

/**
 * Compares one part of a table. First as a whole; if that differs, by buckets of its keys' digests,
 * so that only the rows of the buckets that differ leave the databases, as keys and digests. Owned
 * by one worker.
 */
final class ChunkScan {
  /** A differing bucket of a chunk of standard size holds some thousand rows. */
  private static final int BUCKETS = 256;

  /** More for a table that is read in one go, and is large: each is about 40 bytes of answer. */
  private static final int MAX_BUCKETS = 1 << 16;

  private static final long ROWS_PER_BUCKET = 8_192;

  /** So many keys and digests of one side are in memory at once: some tens of megabytes. */
  private static final long ROWS_AT_ONCE = 100_000;

  private final Sides sides;
  private final Settlement settlement;
  private final ScanTable table;
  private final KeyRange range;
  private final Budget budget;
  private final StopSignal stop;

  ChunkScan(
      Sides sides,
      Settlement settlement,
      ScanTable table,
      KeyRange range,
      Budget budget,
      StopSignal stop) {
    this.sides = sides;
    this.settlement = settlement;
    this.table = table;
    this.range = range;
    this.budget = budget;
    this.stop = stop;
  }

  ChunkOutcome run() throws Unjudged {
    if (table.walked()) {
      Answers<RowSum> sums = sides.ask(table, session -> session.sum(table, range));
      sides.took(Math.max(sums.source().rows(), sums.target().rows()));
      if (sums.source().equals(sums.target())) {
        return ChunkOutcome.equal(sums.source(), sums.cuts());
      }
      return byBuckets(BUCKETS, sums.cuts());
    }
    return byBuckets(buckets(table.estimatedRows()), null);
  }

  static int buckets(long rows) {
    int buckets = BUCKETS;
    while (buckets < MAX_BUCKETS && (long) buckets * ROWS_PER_BUCKET < rows) {
      buckets *= 2;
    }
    return buckets;
  }

  /**
   * @param first where the chunk was seen first; null if this is the first look
   */
  private ChunkOutcome byBuckets(int buckets, @Nullable Cuts first) throws Unjudged {
    Answers<Map<Integer, RowSum>> look =
        sides.ask(table, session -> session.buckets(table, range, buckets));
    RowSum source = total(look.source());
    RowSum target = total(look.target());
    long rows = Math.max(source.rows(), target.rows());
    sides.took(rows);
    Cuts begin = first == null ? look.cuts() : first;
    List<Integer> differing = differing(look.source(), look.target());
    int wanted = buckets(rows);
    if (wanted > buckets && differing.stream().anyMatch(b -> rows(look, b) > ROWS_AT_ONCE)) {
      // Statistics were missing, or one side has far more: smaller parts, or they fill the memory.
      return byBuckets(wanted, begin);
    }
    Candidates candidates = new Candidates(sides, settlement, table, budget, stop);
    for (Part part : parts(look, differing)) {
      if (candidates.isFull()) {
        candidates.unexamined(part.rows);
      } else {
        judge(candidates, buckets, part.buckets, rows);
      }
    }
    return candidates.outcome(source, target, begin, look.cuts());
  }

  /** Buckets whose rows are in memory at once. */
  record Part(List<Integer> buckets, long rows) {}

  static List<Part> parts(Answers<Map<Integer, RowSum>> look, List<Integer> differing) {
    List<Part> parts = new ArrayList<>();
    List<Integer> buckets = new ArrayList<>();
    long rows = 0;
    for (int bucket : differing) {
      long more = rows(look, bucket);
      if (!buckets.isEmpty() && rows + more > ROWS_AT_ONCE) {
        parts.add(new Part(List.copyOf(buckets), rows));
        buckets.clear();
        rows = 0;
      }
      buckets.add(bucket);
      rows += more;
    }
    if (!buckets.isEmpty()) {
      parts.add(new Part(List.copyOf(buckets), rows));
    }
    return parts;
  }

  private static long rows(Answers<Map<Integer, RowSum>> look, int bucket) {
    return Math.max(
        look.source().getOrDefault(bucket, RowSum.NONE).rows(),
        look.target().getOrDefault(bucket, RowSum.NONE).rows());
  }

  /**
   * @param read rows that each of these looks reads to find those that are wanted
   */
  private void judge(Candidates candidates, int buckets, List<Integer> wanted, long read)
      throws Unjudged {
    Answers<Map<RowKey, RowSum>> rows =
        sides.ask(table, session -> session.rows(table, range, buckets, wanted));
    sides.took(read);
    candidates.judge(
        pairs(rows),
        rows.cuts(),
        keys -> {
          Answers<Map<RowKey, RowSum>> again =
              again(table.hasKey() ? keys : Set.of(), buckets, wanted);
          sides.took(table.hasKey() ? keys.size() : read);
          return again;
        });
  }

  /** Of a table without a key only the buckets can be asked for. */
  private Answers<Map<RowKey, RowSum>> again(Set<RowKey> keys, int buckets, List<Integer> wanted)
      throws Unjudged {
    return table.hasKey()
        ? sides.ask(table, session -> session.rows(table, List.copyOf(keys)))
        : sides.ask(table, session -> session.rows(table, range, buckets, wanted));
  }

  /** The rows that differ. */
  static Map<RowKey, Pair> pairs(Answers<Map<RowKey, RowSum>> rows) {
    Map<RowKey, Pair> pairs = new HashMap<>();
    Set<RowKey> keys = new HashSet<>(rows.source().keySet());
    keys.addAll(rows.target().keySet());
    for (RowKey key : keys) {
      Pair pair =
          new Pair(
              rows.source().getOrDefault(key, RowSum.NONE),
              rows.target().getOrDefault(key, RowSum.NONE));
      if (!pair.isEqual()) {
        pairs.put(key, pair);
      }
    }
    return pairs;
  }

  static List<Integer> differing(Map<Integer, RowSum> source, Map<Integer, RowSum> target) {
    Set<Integer> buckets = new TreeSet<>(source.keySet());
    buckets.addAll(target.keySet());
    return buckets.stream()
        .filter(
            bucket ->
                !source
                    .getOrDefault(bucket, RowSum.NONE)
                    .equals(target.getOrDefault(bucket, RowSum.NONE)))
        .toList();
  }

  private static RowSum total(Map<Integer, RowSum> buckets) {
    return buckets.values().stream().reduce(RowSum.NONE, RowSum::plus);
  }
}
