package nl.veer.verifier.changed;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.verifier.record.ScanBase;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.ScanTable;

/**
 * Which chunks of one table were touched since its scan, on either side. Keys are kept only until
 * the database has told which chunks they are in. Where a log does not say which row it was, or
 * which chunk that is in cannot be told, the whole table is taken as touched. Owned by one thread.
 */
final class ChangedTable {
  private final ScanTable table;
  private final ScanBase base;
  private final boolean echoTellsKeys;
  private final Chunks chunks;
  private final BitSet touched = new BitSet();
  private final Set<List<String>> pending = new HashSet<>();
  private long inserted;
  private boolean whole;

  /**
   * @param base the scan that found it equal
   * @param echoTellsKeys whether the target's log names the key of every row that it changes, and
   *     means the same key
   */
  ChangedTable(ScanTable table, ScanBase base, boolean echoTellsKeys, Chunks chunks) {
    this.table = table;
    this.base = base;
    this.echoTellsKeys = echoTellsKeys;
    this.chunks = chunks;
  }

  ScanTable table() {
    return table;
  }

  ScanBase base() {
    return base;
  }

  Chunks chunks() {
    return chunks;
  }

  /** Any row may have changed. */
  void touchAll() {
    whole = true;
    pending.clear();
  }

  /** A change that the scan has not seen on both sides. */
  void touch(RowChanged change, ChangeLog.Side side) {
    inserted += change instanceof RowInserted && side == ChangeLog.Side.SOURCE ? 1 : 0;
    if (whole) {
      return;
    }
    boolean tells = side == ChangeLog.Side.SOURCE ? table.logTellsKeys() : echoTellsKeys;
    if (!table.walked() || !tells) {
      touchAll();
    } else if (change instanceof RowInserted row) {
      touch(row.after());
    } else if (change instanceof RowDeleted row) {
      touch(row.before());
    } else if (change instanceof RowUpdated row) {
      touch(row.after());
      RowImage before = row.before();
      if (before != null) {
        touch(before);
      }
    }
  }

  private void touch(RowImage row) {
    if (chunks.count() == 1) {
      touched.set(0);
      return;
    }
    Optional<List<String>> key = KeyTexts.of(table, row);
    if (key.isEmpty()) {
      touchAll();
    } else if (!whole) {
      pending.add(key.get());
    }
  }

  /** Keys whose chunks are not known yet. */
  Set<List<String>> pending() {
    return Set.copyOf(pending);
  }

  int pendingCount() {
    return pending.size();
  }

  /** All that were pending are in these chunks. */
  void settle(Set<Integer> numbers) {
    numbers.forEach(touched::set);
    pending.clear();
  }

  boolean isTouched() {
    return whole || !touched.isEmpty();
  }

  boolean isWhole() {
    return whole || touched.cardinality() == chunks.count();
  }

  /** The touched ranges of its key, in order; none if nothing was touched. */
  List<KeyRange> parts() {
    return IntStream.range(0, chunks.count())
        .filter(chunk -> whole || touched.get(chunk))
        .mapToObj(chunks::range)
        .toList();
  }

  /** Rows that came on the source since the scan; a chunk may have grown by them. */
  long inserted() {
    return inserted;
  }
}
