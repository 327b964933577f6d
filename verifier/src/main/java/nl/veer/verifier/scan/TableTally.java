package nl.veer.verifier.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.RangeLook;
import nl.veer.verifier.verdict.RangeLooks;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the chunks of a table, whichever is done first, and records how far all are done. Safe
 * for use by several threads.
 */
final class TableTally {
  private final ScanTable table;
  private final String shape;
  private final ScanRecords records;
  private final Budget budget;
  private final long begun = System.nanoTime();
  private final Map<Long, Done> ahead = new HashMap<>();
  private @Nullable ChunkOutcome total;
  private @Nullable ChunkOutcome prefix;
  private RangeLooks ranges;
  private Verdict.@Nullable Unknown failure;
  private long next;
  private long chunks = Long.MAX_VALUE;
  private long ended = begun;

  private record Done(KeyRange range, ChunkOutcome outcome, RangeLook look) {}

  /**
   * @param shape what must be the same for the table to go on where it was
   * @param resumed what was done before; empty at the begin
   */
  TableTally(ScanTable table, String shape, ScanRecords records, Optional<TableProgress> resumed) {
    this.table = table;
    this.shape = shape;
    this.records = records;
    this.prefix = resumed.map(TableProgress::outcome).orElse(null);
    this.total = prefix;
    this.ranges = resumed.map(TableProgress::ranges).orElse(RangeLooks.NONE);
    this.budget = new Budget(prefix == null ? 0 : prefix.differing());
  }

  ScanTable table() {
    return table;
  }

  /** What is spent on its rows that look different. */
  Budget budget() {
    return budget;
  }

  /** So many chunks make the table. */
  synchronized void knowEnd(long count) {
    chunks = count;
    finish();
  }

  /**
   * @param at before it was looked at
   */
  synchronized void done(long chunk, KeyRange range, ChunkOutcome outcome, Instant at) {
    total = total == null ? outcome : total.plus(outcome);
    ended = System.nanoTime();
    ahead.put(chunk, new Done(range, outcome, outcome.look(at)));
    for (Done done = ahead.remove(next); done != null; done = ahead.remove(next)) {
      next++;
      prefix = prefix == null ? done.outcome : prefix.plus(done.outcome);
      ranges = ranges.plus(done.look);
      List<String> bound = done.range.to();
      if (bound != null) {
        records.chunkDone(new TableProgress(table.id(), shape, bound, prefix, ranges));
      }
    }
    finish();
  }

  private void finish() {
    if (next >= chunks) {
      records.tableDone(table.id());
    }
  }

  /** The first reason is kept. */
  synchronized void failed(UnknownReason reason, String words) {
    if (failure == null) {
      failure = new Verdict.Unknown(reason, words);
      ended = System.nanoTime();
    }
  }

  synchronized boolean isFailed() {
    return failure != null;
  }

  synchronized TableStatement statement() {
    ChunkOutcome outcome = total;
    if (outcome == null) {
      return TableStatement.unknown(
          table.id(),
          failure == null ? UnknownReason.NEVER_SCANNED : failure.reason(),
          failure == null ? "Nobody has looked at it yet." : failure.words());
    }
    long rows = Math.max(outcome.source().rows(), outcome.target().rows());
    return new TableStatement(
        table.id(),
        verdict(outcome),
        outcome.source(),
        outcome.target(),
        outcome.chunks(),
        outcome.differing(),
        outcome.differences(),
        outcome.settledLater(),
        outcome.unsettled(),
        outcome.unexamined(),
        table.exclusions(rows),
        outcome.first(),
        outcome.last(),
        next >= chunks,
        outcome.onePosition() && next >= chunks,
        Duration.ofNanos(ended - begun),
        ranges);
  }

  private Verdict verdict(ChunkOutcome outcome) {
    if (outcome.differing() > 0) {
      return new Verdict.Different(outcome.differing());
    }
    if (failure != null) {
      return failure;
    }
    if (next < chunks) {
      return Verdict.unknown(UnknownReason.STOPPED, "It was not scanned to its end.");
    }
    return outcome.unsettled() > 0 || outcome.unexamined() > 0
        ? Verdict.unknown(
            UnknownReason.UNSETTLED,
            outcome.unsettled() + " rows went on changing for as long as they were looked at.")
        : Verdict.equal();
  }

  /** Whether there is nothing more to do for it. */
  synchronized boolean isThrough() {
    return failure != null || next >= chunks;
  }
}
