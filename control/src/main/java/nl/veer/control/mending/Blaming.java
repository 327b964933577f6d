package nl.veer.control.mending;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.blame.Blame;
import nl.veer.verifier.blame.Culprit;
import nl.veer.verifier.blame.Investigation;
import nl.veer.verifier.blame.RowValues;
import nl.veer.verifier.blame.Suspect;
import nl.veer.verifier.blame.WaveGround;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.Differences;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.FindingRecords;
import org.jspecify.annotations.Nullable;

/** Finds out who has made a wave's open differences, and keeps it on the target. */
public final class Blaming {
  private final WaveId wave;
  private final TargetConnections target;
  private final Investigation investigation;

  /**
   * @param log asked for when log and echo are read
   */
  public Blaming(
      WaveId wave,
      Migration migration,
      Supplier<OpenLog> log,
      StopSignal stop,
      Investigation.Progress progress) {
    this.wave = wave;
    this.target = migration.target();
    this.investigation =
        new Investigation(
            new WaveGround(wave, migration.tolerances()),
            migration.source(),
            migration.target(),
            () -> log.get().reader(wave),
            () -> log.get().reader(wave.echo()),
            stop,
            progress);
  }

  /** Asks about those of which nobody knows yet; what was known stays. */
  public void run(WaveDifferences found) {
    Map<Suspect, List<Long>> rows = new LinkedHashMap<>();
    found.differences().stream()
        .filter(one -> one.state() == DifferenceRecord.State.OPEN && isOpen(one.culprit()))
        .forEach(
            one ->
                rows.computeIfAbsent(new Suspect(one.table(), one.key()), any -> new ArrayList<>())
                    .add(one.id()));
    List<FindingRecord> findings =
        found.findings().stream().filter(one -> isOpen(one.culprit())).toList();
    Map<Suspect, Blame> blames = rows.isEmpty() ? Map.of() : investigation.run(rows.keySet());
    Map<FindingRecord, Blame> said =
        findings.isEmpty() ? Map.of() : investigation.findings(findings);
    keep(rows, blames, said);
  }

  private static boolean isOpen(@Nullable String culprit) {
    return culprit == null || culprit.equals(Culprit.UNKNOWN.name());
  }

  private void keep(
      Map<Suspect, List<Long>> rows,
      Map<Suspect, Blame> blames,
      Map<FindingRecord, Blame> findings) {
    try (Connection connection = target.open(wave + " blame")) {
      for (Map.Entry<Suspect, Blame> blame : blames.entrySet()) {
        for (long id : rows.getOrDefault(blame.getKey(), List.of())) {
          Blame said = blame.getValue();
          Differences.blame(connection, id, said.culprit().name(), said.words());
        }
      }
      for (Map.Entry<FindingRecord, Blame> blame : findings.entrySet()) {
        Blame said = blame.getValue();
        FindingRecords.blame(connection, blame.getKey().id(), said.culprit().name(), said.words());
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "keeping who has made differences of wave " + wave);
    }
  }

  /** What both sides hold of the rows that differ, where that can be told. */
  public Map<Suspect, RowValues> values(WaveDifferences found) {
    List<Suspect> rows =
        found.differences().stream().map(one -> new Suspect(one.table(), one.key())).toList();
    return rows.isEmpty() ? Map.of() : investigation.values(rows);
  }
}
