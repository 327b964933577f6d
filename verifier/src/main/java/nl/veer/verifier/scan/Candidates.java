package nl.veer.verifier.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.Settlement.Pair;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.Sides.Answers;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.RowSum;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a chunk that looked different. Each is looked at again until it is equal, or was settled
 * at two looks in a row with the same difference; what does neither within so many looks is counted
 * as unsettled: it is never equal, and never different. Owned by one worker.
 */
final class Candidates {
  /** A row that is still changing after these has its say at the next scan. */
  private static final int MAX_LOOKS = 6;

  /** Settled now, and once more at a later cut. */
  private static final int PROOFS = 2;

  /** So many keys are asked for at once. */
  private static final int SLICE = 1_000;

  private final Sides sides;
  private final Settlement settlement;
  private final ScanTable table;
  private final Budget budget;
  private final StopSignal stop;
  private final List<Difference> differences = new ArrayList<>();
  private long differing;
  private long settledLater;
  private long unsettled;
  private long unexamined;
  private boolean looked;
  private @Nullable Cuts last;

  Candidates(Sides sides, Settlement settlement, ScanTable table, Budget budget, StopSignal stop) {
    this.sides = sides;
    this.settlement = settlement;
    this.table = table;
    this.budget = budget;
    this.stop = stop;
  }

  /** Looks at rows again, wherever both sides are now. */
  interface Again {
    Answers<Map<RowKey, RowSum>> look(Set<RowKey> keys) throws Unjudged;
  }

  /** A row on its way to a proof. */
  private record Candidate(Pair pair, int proofs) {}

  /**
   * @param pairs rows that differ
   * @param cuts where they were seen so
   */
  void judge(Map<RowKey, Pair> pairs, Cuts cuts, Again again) throws Unjudged {
    List<RowKey> keys = new ArrayList<>(pairs.keySet());
    int slice = table.hasKey() ? SLICE : Math.max(1, keys.size());
    Settlement.Look first = keys.isEmpty() ? null : settlement.look(table, cuts, stop);
    for (int from = 0; from < keys.size() && first != null; from += slice) {
      if (isFull()) {
        unexamined += keys.size() - from;
        return;
      }
      Map<RowKey, Candidate> open = new HashMap<>();
      for (RowKey key : keys.subList(from, Math.min(keys.size(), from + slice))) {
        Pair pair = Objects.requireNonNull(pairs.get(key));
        open.put(key, new Candidate(pair, first.isSettled(key, null, pair) ? 1 : 0));
      }
      untilProven(open, again);
    }
  }

  /** Of this table nothing more is worth reading. */
  boolean isFull() {
    return budget.isFull() || budget.isSpent();
  }

  void unexamined(long rows) {
    unexamined += rows;
  }

  private void untilProven(Map<RowKey, Candidate> open, Again again) throws Unjudged {
    looked = true;
    for (int look = 1; look < MAX_LOOKS && !open.isEmpty() && budget.takeLook(); look++) {
      if (stop.await(settlement.pause())) {
        throw Sides.stopped();
      }
      Answers<Map<RowKey, RowSum>> rows = again.look(new HashSet<>(open.keySet()));
      last = rows.cuts();
      Settlement.Look judged = settlement.look(table, rows.cuts(), stop);
      Map<RowKey, Pair> pairs = ChunkScan.pairs(rows);
      for (RowKey key : List.copyOf(open.keySet())) {
        Pair now = pairs.get(key);
        Candidate before = Objects.requireNonNull(open.get(key));
        if (now == null) {
          settledLater++;
          open.remove(key);
        } else if (!judged.isSettled(key, before.pair, now)) {
          open.put(key, new Candidate(now, 0));
        } else {
          int proofs = now.equals(before.pair) ? before.proofs + 1 : 1;
          open.put(key, new Candidate(now, proofs));
          if (proofs >= PROOFS) {
            open.remove(key);
            proven(key, now);
          }
        }
      }
    }
    unsettled += open.size();
  }

  private void proven(RowKey key, Pair pair) throws Unjudged {
    long rows = Math.max(1, Math.abs(pair.source().rows() - pair.target().rows()));
    differing += rows;
    budget.proven(rows);
    if (differences.size() >= ChunkOutcome.MAX_DIFFERENCES) {
      return;
    }
    int more = Long.compare(pair.source().rows(), pair.target().rows());
    Difference.Kind kind =
        more == 0
            ? Difference.Kind.VALUES
            : more > 0 ? Difference.Kind.MISSING : Difference.Kind.EXTRA;
    List<String> columns =
        kind == Difference.Kind.VALUES && table.hasKey() ? columns(key) : List.of();
    differences.add(new Difference(key, kind, columns));
  }

  /** None if the row is gone, or changed, since. */
  private List<String> columns(RowKey key) throws Unjudged {
    Answers<List<@Nullable String>> row = sides.ask(table, session -> session.columns(table, key));
    List<String> columns = new ArrayList<>();
    if (row.source().size() == row.target().size()) {
      for (int i = 0; i < row.source().size(); i++) {
        if (!Objects.equals(row.source().get(i), row.target().get(i))) {
          columns.add(table.columns().get(i));
        }
      }
    }
    return columns;
  }

  ChunkOutcome outcome(RowSum source, RowSum target, Cuts first, Cuts whole) {
    Cuts end = last == null ? whole : last;
    return new ChunkOutcome(
        source,
        target,
        1,
        differing,
        differences,
        settledLater,
        unsettled,
        unexamined,
        first,
        end,
        first.sameAs(whole) && (!looked || first.sameAs(end)));
  }
}
