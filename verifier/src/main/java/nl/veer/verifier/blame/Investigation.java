package nl.veer.verifier.blame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.Secrets;
import nl.veer.verifier.scan.postgres.HashAgreement;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who has made rows of a wave differ. Reads log and echo once, however many rows there
 * are, and both tables before and after: only a row that nobody has changed meanwhile, and whose
 * last change both sides hold, says anything. It only reads. Owned by one thread; {@link
 * StopSignal#raise} may come from any, and leaves what is not found out yet without an answer.
 */
public final class Investigation {
  /** An idle side writes a heartbeat each second; a capture that is away is waited for as long. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String UNFIT =
      "Its table is not loaded, or not alike on both sides, or its log tells rows apart as no scan"
          + " does.";

  private final WaveId wave;
  private final WaveGround tables;
  private final SourceConnections source;
  private final TargetConnections target;
  private final Supplier<LogReader> log;
  private final Supplier<LogReader> echo;
  private final StopSignal stop;
  private final TopicPass.Progress progress;
  private final RowForms forms = new RowForms(new KeyedDigester(DigestKey.random()));

  /** How far the reading of log and echo is. */
  public interface Progress extends TopicPass.Progress {}

  public Investigation(
      WaveGround tables,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log,
      Supplier<LogReader> echo,
      StopSignal stop,
      Progress progress) {
    this.wave = tables.wave();
    this.tables = tables;
    this.source = source;
    this.target = target;
    this.log = log;
    this.echo = echo;
    this.stop = stop;
    this.progress = progress;
  }

  /**
   * Who it was, for each of these.
   *
   * @throws nl.veer.connectors.failure.Failure if a side, the log or the echo cannot be read
   */
  public Map<Suspect, Blame> run(Collection<Suspect> suspects) {
    Map<Suspect, Blame> blames = new LinkedHashMap<>();
    RowHash hash = RowHash.random();
    try (ScanSession there = ScanSession.source(source, hash);
        ScanSession here = ScanSession.target(target, hash)) {
      Map<TableId, BlamedTable> ground =
          tables.read(there, here, suspects.stream().map(Suspect::table).distinct().toList());
      there.end();
      here.end();
      List<Suspect> keyed = new ArrayList<>();
      List<Suspect> copies = new ArrayList<>();
      for (Suspect suspect : suspects) {
        BlamedTable table = ground.get(suspect.table());
        if (table == null || table.table().hasKey() == table.logKey().isEmpty()) {
          blames.put(suspect, Blame.unknown(UNFIT));
        } else {
          (table.table().hasKey() ? keyed : copies).add(suspect);
        }
      }
      List<Inquiry> inquiries = new ArrayList<>();
      if (!keyed.isEmpty()) {
        inquiries.add(new KeyedInquiry(wave, there, here, ground, forms, keyed));
      }
      if (!copies.isEmpty()) {
        RowHash known = HashAgreement.of(there, here, scanHash(here));
        there.end();
        here.end();
        inquiries.add(new CopiesInquiry(wave, there, here, ground, forms, known, copies));
      }
      if (!inquiries.isEmpty()) {
        judge(inquiries).forEach(blames::put);
      }
    }
    return blames;
  }

  private RowHash scanHash(ScanSession here) {
    return here.ask("reading the scans' secret", connection -> Secrets.scans(connection, wave))
        .map(key -> RowHash.keyed(key.secret()))
        .orElseGet(RowHash::random);
  }

  /**
   * Who it was, for each of the ledger's findings.
   *
   * @throws nl.veer.connectors.failure.Failure if a side cannot be read
   */
  public Map<FindingRecord, Blame> findings(Collection<FindingRecord> findings) {
    Map<FindingRecord, Blame> blames = new LinkedHashMap<>();
    List<TableId> tables =
        findings.stream().map(Investigation::table).filter(Objects::nonNull).distinct().toList();
    Map<TableId, BlamedTable> ground = ground(tables);
    for (FindingRecord finding : findings) {
      BlamedTable table = ground.get(table(finding));
      blames.put(finding, FindingBlame.of(finding, table == null ? List.of() : table.triggers()));
    }
    return blames;
  }

  private static @Nullable TableId table(FindingRecord finding) {
    int dot = finding.table().indexOf('.');
    return dot < 0
        ? null
        : new TableId(finding.table().substring(0, dot), finding.table().substring(dot + 1));
  }

  private Map<TableId, BlamedTable> ground(Collection<TableId> wanted) {
    RowHash hash = RowHash.random();
    try (ScanSession there = ScanSession.source(source, hash);
        ScanSession here = ScanSession.target(target, hash)) {
      return tables.read(there, here, wanted);
    }
  }

  /**
   * What both sides hold of the columns in which these rows differ, and of all where only one side
   * has the row.
   */
  public Map<Suspect, RowValues> values(Collection<Suspect> suspects) {
    Map<Suspect, RowValues> values = new HashMap<>();
    RowHash hash = RowHash.random();
    try (ScanSession there = ScanSession.source(source, hash);
        ScanSession here = ScanSession.target(target, hash)) {
      Map<TableId, BlamedTable> ground =
          tables.read(there, here, suspects.stream().map(Suspect::table).distinct().toList());
      there.end();
      here.end();
      List<Suspect> keyed =
          suspects.stream()
              .filter(
                  suspect -> {
                    BlamedTable table = ground.get(suspect.table());
                    return table != null && table.table().hasKey();
                  })
              .toList();
      if (keyed.isEmpty()) {
        return values;
      }
      BothSides<List<@Nullable String>> rows = PresentRows.read(there, here, wave, ground, keyed);
      for (Suspect suspect : keyed) {
        values.put(
            suspect,
            RowValues.differing(
                Objects.requireNonNull(ground.get(suspect.table())).table().columns(),
                rows.sourceRows().get(suspect),
                rows.targetRows().get(suspect)));
      }
    }
    return values;
  }

  private Map<Suspect, Blame> judge(List<Inquiry> inquiries) {
    Map<Suspect, Blame> blames = new HashMap<>();
    List<TopicSink> logs = inquiries.stream().map(Inquiry::log).toList();
    List<TopicSink> echoes = inquiries.stream().map(Inquiry::echo).toList();
    try (TopicPass logPass = pass("log", log.get(), logs);
        TopicPass echoPass = pass("echo", echo.get(), echoes)) {
      logPass.readToEnd();
      echoPass.readToEnd();
      boolean logRead = true;
      boolean echoRead = true;
      for (Inquiry inquiry : inquiries) {
        Inquiry.Reach reach = inquiry.look();
        logRead = logRead && logPass.readTo(reach.source());
        echoRead = echoRead && logRead && echoPass.readTo(reach.target());
      }
      if (!stop.isRaised()) {
        Readings readings = new Readings(logRead, echoRead, logPass.isWhole(), echoPass.isWhole());
        inquiries.forEach(inquiry -> blames.putAll(inquiry.judge(readings)));
      }
    }
    return blames;
  }

  private TopicPass pass(String name, LogReader reader, List<TopicSink> sinks) {
    return new TopicPass(name, reader, sinks, stop, PATIENCE, progress);
  }
}
