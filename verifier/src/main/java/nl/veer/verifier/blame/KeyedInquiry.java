package nl.veer.verifier.blame;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.scan.postgres.ScanSession;
import org.jspecify.annotations.Nullable;

/** Of rows with keys. */
final class KeyedInquiry implements Inquiry {
  private final WaveId wave;
  private final ScanSession source;
  private final ScanSession target;
  private final Map<TableId, BlamedTable> ground;
  private final RowForms forms;
  private final EchoOrigin origin;
  private final TopicTraces logged;
  private final TopicTraces echoed;
  private final Map<Suspect, Digest128> keys = new LinkedHashMap<>();
  private final Map<Suspect, Blame> blames = new HashMap<>();
  private @Nullable BothSides<List<@Nullable String>> now;

  KeyedInquiry(
      WaveId wave,
      ScanSession source,
      ScanSession target,
      Map<TableId, BlamedTable> ground,
      RowForms forms,
      Collection<Suspect> suspects) {
    this.wave = wave;
    this.source = source;
    this.target = target;
    this.ground = ground;
    this.forms = forms;
    this.origin = new EchoOrigin(wave);
    Wanted wanted = new Wanted();
    BothSides<List<@Nullable String>> before =
        PresentRows.read(source, target, wave, ground, suspects);
    for (Suspect suspect : suspects) {
      BlamedTable table = table(suspect);
      Digest128 key = key(table, suspect, before);
      if (key == null) {
        blames.put(suspect, Blame.unknown("The row is gone on both sides, or got another key."));
      } else {
        keys.put(suspect, key);
        wanted.add(table, key);
      }
    }
    this.logged = new TopicTraces(wanted, forms, new LogOrigin());
    this.echoed = new TopicTraces(wanted, forms, origin);
  }

  private BlamedTable table(Suspect suspect) {
    return Objects.requireNonNull(ground.get(suspect.table()));
  }

  @Override
  public TopicSink log() {
    return logged;
  }

  @Override
  public TopicSink echo() {
    return echoed;
  }

  @Override
  public Reach look() {
    BothSides<List<@Nullable String>> rows =
        PresentRows.read(source, target, wave, ground, keys.keySet());
    now = rows;
    return new Reach(rows.source().position(), rows.target().position());
  }

  @Override
  public Map<Suspect, Blame> judge(Readings readings) {
    BothSides<List<@Nullable String>> rows = Objects.requireNonNull(now);
    keys.forEach(
        (suspect, key) -> {
          Trace log = logged.trace(suspect.table(), key);
          Trace echo = echoed.trace(suspect.table(), key);
          Blame doubt =
              readings.doubt(
                  log == null ? null : log.last(),
                  echo == null ? null : echo.last(),
                  rows.source(),
                  rows.target(),
                  rows.stamp());
          blames.put(
              suspect,
              doubt != null
                  ? doubt
                  : BlameRules.of(
                      new Evidence(
                          state(suspect, rows.sourceRows().get(suspect), true),
                          state(suspect, rows.targetRows().get(suspect), false),
                          log,
                          echo,
                          origin.from(),
                          table(suspect).triggers())));
        });
    return blames;
  }

  private RowState state(Suspect suspect, @Nullable List<@Nullable String> texts, boolean there) {
    BlamedTable table = table(suspect);
    return texts == null
        ? RowState.ABSENT
        : forms.state(table, there ? table.source() : table.target(), texts);
  }

  private @Nullable Digest128 key(
      BlamedTable table, Suspect suspect, BothSides<List<@Nullable String>> rows) {
    List<@Nullable String> there = rows.sourceRows().get(suspect);
    List<@Nullable String> here = rows.targetRows().get(suspect);
    Digest128 one = there == null ? null : forms.key(table, table.source(), there);
    Digest128 other = here == null ? null : forms.key(table, table.target(), here);
    return one != null && other != null && !one.equals(other) ? null : one == null ? other : one;
  }
}
