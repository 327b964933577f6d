package nl.veer.control.check;

import java.util.HashSet;
import java.util.Set;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.replicator.stamp.TableLoad;
import nl.veer.replicator.stamp.WaveRecords;

/** The tables whose load is recorded on the target as begun or done: they may hold rows. */
final class BegunLoads {
  private BegunLoads() {}

  static Set<TableId> of(TargetConnections target, Set<WaveId> waves) {
    WaveRecords records = new WaveRecords(new PostgresTarget(), target);
    Set<TableId> begun = new HashSet<>();
    for (WaveId wave : waves) {
      records.loads(wave).stream()
          .filter(load -> load.state() != TableLoad.State.PENDING || load.truncate())
          .forEach(load -> begun.add(load.table()));
    }
    return begun;
  }
}
