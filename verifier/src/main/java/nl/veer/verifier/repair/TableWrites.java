package nl.veer.verifier.repair;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.repair.PlannedRow.Action;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one table in a session's open transaction: deletes, then updates, then inserts.
 * Where a unique value moves between rows, the rows to be updated are deleted and inserted whole.
 * Owned by one thread.
 */
final class TableWrites {
  private final TargetSession session;
  private final BlamedTable table;
  private final TargetTable written;

  TableWrites(TargetSession session, BlamedTable table) {
    this.session = session;
    this.table = table;
    this.written =
        session.table(
            table.table().id(), table.table().key().stream().map(key -> key.name()).toList());
  }

  /** A row, and what to do with it now. */
  record Write(Action action, RowPair pair) {}

  /**
   * @throws Failure as the target says, or if a statement does not hit exactly the rows that it is
   *     meant for: then the transaction must be undone
   */
  void write(List<Write> writes) {
    session.mark();
    try {
      inOrder(writes, Action.UPDATE);
    } catch (Failure failure) {
      if (failure.kind() != FailureKind.TARGET_DATA) {
        throw failure;
      }
      session.rollbackToMark();
      List<Write> whole = new ArrayList<>();
      for (Write write : writes) {
        if (write.action() == Action.UPDATE) {
          whole.add(new Write(Action.DELETE, write.pair()));
          whole.add(new Write(Action.INSERT, write.pair()));
        } else {
          whole.add(write);
        }
      }
      inOrder(whole, Action.INSERT);
    }
    session.releaseMark();
  }

  /**
   * Inserts equal rows of a table without a key, or deletes some of them.
   *
   * @param missing how many; less than zero to delete
   * @throws Failure as {@link #write}
   */
  void copies(List<@Nullable String> row, long missing) {
    RowText text = Objects.requireNonNull(text(row));
    if (missing > 0) {
      List<RowText> rows = Collections.nCopies(Math.toIntExact(missing), text);
      require(missing, session.insert(written, all(), rows));
    }
    for (long surplus = -missing; surplus > 0; surplus--) {
      require(1, session.deleteOne(written, text));
    }
  }

  private void inOrder(List<Write> writes, Action last) {
    List<RowText> deleted = new ArrayList<>();
    List<RowText> inserted = new ArrayList<>();
    Map<BitSet, List<RowText>> updated = new LinkedHashMap<>();
    for (Write write : writes) {
      RowText source = text(write.pair().source());
      RowText target = text(write.pair().target());
      if (write.action() == Action.DELETE && target != null) {
        deleted.add(target);
      } else if (write.action() == Action.INSERT && source != null) {
        inserted.add(source);
      } else if (write.action() == Action.UPDATE && source != null && last == Action.UPDATE) {
        updated.computeIfAbsent(columns(write.pair()), any -> new ArrayList<>()).add(source);
      }
    }
    if (!deleted.isEmpty()) {
      require(deleted.size(), session.delete(written, keys(deleted)));
    }
    updated.forEach(
        (columns, rows) ->
            require(rows.size(), session.update(written, columns, keys(rows), rows)));
    if (!inserted.isEmpty()) {
      require(inserted.size(), session.insert(written, all(), inserted));
    }
  }

  private void require(long meant, long hit) {
    if (meant != hit) {
      throw new Failure(
          FailureKind.TARGET_DATA,
          "REPAIR_ROWS",
          "A statement for %d rows of %s hit %d. Nothing was changed."
              .formatted(meant, table.table().id(), hit));
    }
  }

  private @Nullable RowText text(@Nullable List<@Nullable String> row) {
    if (row == null) {
      return null;
    }
    @Nullable Object[] values = new @Nullable Object[written.columns().size()];
    for (int i = 0; i < values.length; i++) {
      int from = table.table().columns().indexOf(written.columns().get(i).name());
      values[i] = from < 0 ? RowImage.ABSENT : row.get(from);
    }
    return new RowText(values);
  }

  private BitSet columns(RowPair pair) {
    BitSet columns = new BitSet();
    pair.columns(table).stream()
        .mapToInt(written::indexOf)
        .filter(index -> index >= 0)
        .forEach(columns::set);
    return columns;
  }

  private BitSet all() {
    BitSet all = new BitSet();
    for (int i = 0; i < written.columns().size(); i++) {
      if (table.table().columns().contains(written.columns().get(i).name())) {
        all.set(i);
      }
    }
    return all;
  }

  private List<KeyText> keys(List<RowText> rows) {
    return rows.stream().map(row -> row.key(written.key())).toList();
  }
}
