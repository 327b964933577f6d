package nl.veer.replicator.load;

import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.SourceSnapshot;
import nl.veer.connectors.dialect.SourceSnapshot.Copied;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.replicator.stamp.LoadRecords;
import nl.veer.replicator.stamp.LoadRecords.Loaded;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are being loaded from one snapshot: what of them nobody has taken yet. Safe for
 * several workers. The commits follow each other, so that the one which completes a table is known
 * before it commits and records that in the same transaction.
 */
final class OpenTables {
  private final SourceSnapshot snapshot;
  private final Connection holder;
  private final LoadSessions sessions;
  private final LoadRecords records;
  private final LoadMeter meter;
  private final Queue<List<Range>> waiting;

  /** Ranges that are not committed, by table. */
  private final Map<TableId, Integer> left = new HashMap<>();

  /**
   * @param portions all of the snapshot's ranges, by what is to be copied at once
   * @param holder the snapshot's session; kept for others when all is committed, else ended with
   *     the attempt
   */
  OpenTables(
      SourceSnapshot snapshot,
      List<List<Range>> portions,
      Connection holder,
      LoadSessions sessions,
      LoadRecords records,
      LoadMeter meter) {
    this.snapshot = snapshot;
    this.holder = holder;
    this.sessions = sessions;
    this.records = records;
    this.meter = meter;
    this.waiting = new ArrayDeque<>(portions);
    portions.forEach(
        portion -> portion.forEach(range -> left.merge(range.table(), 1, Integer::sum)));
  }

  /** A portion for the caller alone; null if all are taken. */
  synchronized @Nullable List<Range> take() {
    return waiting.poll();
  }

  void copy(List<Range> portion, Connection source, TargetSession target) {
    commit(source, target, snapshot.copy(portion, source, target, meter::copied));
  }

  private synchronized void commit(Connection source, TargetSession target, List<Copied> copied) {
    List<Loaded> loaded = loaded(copied);
    Set<TableId> complete = new HashSet<>();
    loaded.stream().filter(Loaded::last).forEach(table -> complete.add(table.table()));
    if (!complete.isEmpty()) {
      snapshot.requireUnchanged(complete, source);
    }
    records.addLoaded(target, loaded);
    target.commit();
    copied.forEach(range -> left.merge(range.table(), -1, Integer::sum));
    left.keySet().removeAll(complete);
    loaded.forEach(table -> meter.committed(table.table(), table.rows(), table.last()));
    if (left.isEmpty()) {
      snapshot.close();
      sessions.keep(holder);
    }
  }

  /** By table, for each has one record. */
  private List<Loaded> loaded(List<Copied> copied) {
    Map<TableId, List<Copied>> byTable = new HashMap<>();
    copied.forEach(
        range -> byTable.computeIfAbsent(range.table(), any -> new ArrayList<>()).add(range));
    List<Loaded> loaded = new ArrayList<>();
    byTable.forEach(
        (table, ranges) ->
            loaded.add(
                new Loaded(
                    table,
                    ranges.stream().mapToLong(Copied::rows).sum(),
                    ranges.stream().mapToLong(Copied::bytes).sum(),
                    left.getOrDefault(table, 0) == ranges.size())));
    return loaded;
  }
}
