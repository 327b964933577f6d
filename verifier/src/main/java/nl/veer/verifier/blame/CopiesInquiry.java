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
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.Side;
import nl.veer.verifier.scan.postgres.WholeRows;
import nl.veer.verifier.scan.postgres.WholeRows.Copies;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/** Of rows without keys, which a scan knows by their digest. */
final class CopiesInquiry implements Inquiry {
  private final WaveId wave;
  private final ScanSession source;
  private final ScanSession target;
  private final Map<TableId, BlamedTable> ground;
  private final RowHash hash;
  private final CopyTraces logged;
  private final CopyTraces echoed;
  private final Map<Suspect, Digest128> wholes = new LinkedHashMap<>();
  private final Map<Suspect, Blame> blames = new HashMap<>();
  private @Nullable BothSides<Copies> now;

  /**
   * @param hash by which scans know the rows
   */
  CopiesInquiry(
      WaveId wave,
      ScanSession source,
      ScanSession target,
      Map<TableId, BlamedTable> ground,
      RowForms forms,
      RowHash hash,
      Collection<Suspect> suspects) {
    this.wave = wave;
    this.source = source;
    this.target = target;
    this.ground = ground;
    this.hash = hash;
    Wanted wanted = new Wanted();
    BothSides<Copies> before = seen(suspects);
    for (Suspect suspect : suspects) {
      BlamedTable table = Objects.requireNonNull(ground.get(suspect.table()));
      Copies there = before.sourceRows().get(suspect);
      Copies here = before.targetRows().get(suspect);
      if (there == null && here == null) {
        blames.put(suspect, Blame.unknown("The row is gone on both sides."));
      } else {
        RowState state =
            there == null
                ? forms.state(table, table.target(), Objects.requireNonNull(here).texts())
                : forms.state(table, table.source(), there.texts());
        Digest128 whole = forms.whole(state.columns());
        wholes.put(suspect, whole);
        wanted.add(table, whole);
      }
    }
    this.logged = new CopyTraces(wanted, forms, new LogOrigin());
    this.echoed = new CopyTraces(wanted, forms, new EchoOrigin(wave));
  }

  private BothSides<Copies> seen(Collection<Suspect> suspects) {
    return BothSides.read(source, target, wave, suspects, this::rows);
  }

  private Map<RowKey, Copies> rows(
      ScanSession session, Side side, TableId id, List<RowKey> wanted) {
    BlamedTable table = Objects.requireNonNull(ground.get(id));
    return session.ask(
        "looking for rows of " + id,
        connection -> WholeRows.of(connection, table.table(), side, hash, wanted));
  }

  private static long count(@Nullable Copies copies) {
    return copies == null ? 0 : copies.rows();
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
    BothSides<Copies> seen = seen(wholes.keySet());
    now = seen;
    return new Reach(seen.source().position(), seen.target().position());
  }

  @Override
  public Map<Suspect, Blame> judge(Readings readings) {
    BothSides<Copies> seen = Objects.requireNonNull(now);
    wholes.forEach(
        (suspect, whole) -> {
          CopyTrace log = logged.trace(suspect.table(), whole);
          CopyTrace echo = echoed.trace(suspect.table(), whole);
          Blame doubt =
              readings.doubt(
                  log.latest(), echo.latest(), seen.source(), seen.target(), seen.stamp());
          blames.put(
              suspect,
              doubt != null
                  ? doubt
                  : CopyRules.of(
                      count(seen.sourceRows().get(suspect)),
                      count(seen.targetRows().get(suspect)),
                      log,
                      echo,
                      Objects.requireNonNull(ground.get(suspect.table())).triggers()));
        });
    return blames;
  }
}
