package nl.veer.verifier.scan;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one table that were touched by transactions which exactly one side's cut includes.
 * Where the log does not say which row it was, it may have been any. Owned by one thread.
 */
final class TouchedKeys {
  /** Beyond this, any row may have been: rather that than to run out of memory. */
  private static final int MAX_KEYS = 1_000_000;

  private final ScanTable table;
  private final long applied;
  private final Boundary seen;
  private final Set<RowKey> keys = new HashSet<>();
  private final Set<RowKey> open = new HashSet<>();
  private boolean any;
  private boolean openAny = true;

  /**
   * @param applied number of the last transaction that the target includes
   * @param seen what the source includes
   */
  TouchedKeys(ScanTable table, long applied, Boundary seen) {
    this.table = table;
    this.applied = applied;
    this.seen = seen;
  }

  boolean contains(RowKey key) {
    return any || keys.contains(key);
  }

  void read(LogEvent event) {
    if (event instanceof TransactionBegin) {
      // Also one that supersedes what was torn.
      open.clear();
      openAny = false;
    } else if (event instanceof TransactionEnd end) {
      if (end.place().transaction() <= applied != seen.includes(end.sourceTransaction())) {
        keys.addAll(open);
        any |= openAny || keys.size() > MAX_KEYS;
      }
      open.clear();
      openAny = false;
    } else if (event instanceof TableTruncated truncated) {
      openAny |= truncated.table().equals(table.id());
    } else if (event instanceof RowChanged change && change.table().equals(table.id())) {
      touch(change);
    }
  }

  private void touch(RowChanged change) {
    if (!table.logTellsKeys() || open.size() > MAX_KEYS) {
      openAny = true;
    } else if (change instanceof RowInserted inserted) {
      touch(inserted.after());
    } else if (change instanceof RowDeleted deleted) {
      touch(deleted.before());
    } else if (change instanceof RowUpdated updated) {
      touch(updated.after());
      RowImage before = updated.before();
      if (before != null) {
        touch(before);
      }
    }
  }

  private void touch(@Nullable RowImage row) {
    Optional<RowKey> key = row == null ? Optional.empty() : LogKeys.of(table, row);
    key.ifPresent(open::add);
    openAny |= key.isEmpty();
  }
}
