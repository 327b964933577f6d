package nl.veer.control.metrics;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.gate.GateReport;

/** Keeps what each wave's gate last said to somebody in this process. Safe for several threads. */
public final class LastGates implements GateSource {
  private final Map<WaveId, GateNote> notes = new ConcurrentHashMap<>();

  /**
   * Somebody has asked a gate.
   *
   * @param leg the leg's own id
   */
  public void keep(WaveId leg, GateReport report, Instant at) {
    notes.put(leg, new GateNote(report, at));
    notes
        .keySet()
        .removeIf(one -> one.home().equals(leg.home()) && one.legNumber() < leg.legNumber());
  }

  @Override
  public Optional<GateNote> last(String wave, int leg) {
    return notes.entrySet().stream()
        .filter(note -> note.getKey().home().wave().equals(wave))
        .filter(note -> note.getKey().legNumber() == leg)
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
