package nl.veer.control.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VerificationConfig;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.TableLoad;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.record.KeptStatement;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;
import nl.veer.verifier.record.ScanStore;
import nl.veer.verifier.record.VerdictRecord;
import nl.veer.verifier.record.Verdicts;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.VerdictChange;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** Reads what is on record of one leg, at that leg's target. */
final class WaveReader {
  private static final int HISTORY = 1_000;
  private static final Verdict NEVER =
      Verdict.unknown(UnknownReason.NEVER_SCANNED, "No verifier has looked at it yet.");

  private final Connection connection;
  private final ReportedLeg leg;
  private final VerificationConfig how;

  WaveReader(Connection connection, ReportedLeg leg, VerificationConfig how) {
    this.connection = connection;
    this.leg = leg;
    this.how = how;
  }

  /**
   * What is proven.
   *
   * @param planned the wave's tables as they are configured
   */
  Read read(List<TableId> planned) throws SQLException {
    WaveId wave = leg.leg().wave();
    Optional<WaveVerdict> known =
        leg.ended()
            ? Verdicts.atTheEnd(connection, wave, how.ledger(), how.verdictLag())
            : Verdicts.now(connection, wave, how.ledger(), how.verdictLag());
    WaveRecords records = new WaveRecords(new PostgresTarget(), leg.leg().to());
    List<TableLoad> loads = records.loads(wave);
    Verdict verdict = known.map(WaveVerdict::verdict).orElse(NEVER).and(complete(planned, loads));
    WaveSection section =
        new WaveSection(
            leg.leg().home().wave(),
            leg.leg().number(),
            leg.leg().fromWord(),
            leg.leg().toWord(),
            leg.current(),
            verdict.word(),
            VerdictChange.reasonOf(verdict),
            words(verdict),
            known.map(WaveVerdict::position).map(Position::text).orElse(null),
            known.map(WaveVerdict::because).orElse(""),
            records.stamp(wave).map(WaveReader::applied).orElse(null),
            LedgerStore.view(connection, wave).map(WaveReader::ledger).orElse(null),
            tables(planned, loads, known.map(WaveVerdict::tables).orElse(List.of())),
            Verdicts.history(connection, wave, null, HISTORY).stream()
                .map(WaveReader::change)
                .toList());
    return new Read(verdict, section);
  }

  /** A table that joined the wave's patterns after its load is carried by nobody. */
  private static Verdict complete(List<TableId> planned, List<TableLoad> loads) {
    List<TableId> loaded = loads.stream().map(TableLoad::table).toList();
    return planned.stream()
        .filter(table -> !loaded.contains(table))
        .findFirst()
        .map(
            table ->
                Verdict.unknown(
                    UnknownReason.NEVER_SCANNED,
                    table + " is of the wave by its patterns, but was never loaded."))
        .orElse(Verdict.equal());
  }

  /**
   * What is said of a leg whose records cannot be read now.
   *
   * @param why in words
   */
  static Read unread(ReportedLeg leg, String why) {
    Verdict verdict =
        Verdict.unknown(
            UnknownReason.ERROR,
            "The records of this leg stand on the %s, which could not be read: %s"
                .formatted(leg.leg().toWord(), why));
    return new Read(
        verdict,
        new WaveSection(
            leg.leg().home().wave(),
            leg.leg().number(),
            leg.leg().fromWord(),
            leg.leg().toWord(),
            leg.current(),
            verdict.word(),
            VerdictChange.reasonOf(verdict),
            words(verdict),
            null,
            "",
            null,
            null,
            List.of(),
            List.of()));
  }

  /** A wave's section, and its verdict to make that of all waves with. */
  record Read(Verdict verdict, WaveSection section) {}

  private List<WaveSection.Table> tables(
      List<TableId> planned, List<TableLoad> loads, List<TableVerdict> verdicts)
      throws SQLException {
    Map<TableId, TableLoad> loaded = new HashMap<>();
    loads.forEach(load -> loaded.put(load.table(), load));
    Map<TableId, TableVerdict> judged = new HashMap<>();
    verdicts.forEach(verdict -> judged.put(verdict.table(), verdict));
    List<WaveSection.Table> tables = new ArrayList<>();
    List<TableId> all =
        Stream.concat(planned.stream(), loaded.keySet().stream()).distinct().sorted().toList();
    for (TableId table : all) {
      tables.add(table(table, loaded.get(table), judged.get(table)));
    }
    return tables;
  }

  private WaveSection.Table table(
      TableId table, @Nullable TableLoad load, @Nullable TableVerdict judged) throws SQLException {
    Verdict verdict = judged == null ? NEVER : judged.verdict();
    Position position = judged == null ? null : judged.position();
    return new WaveSection.Table(
        table.toString(),
        load == null ? "NOT_STARTED" : load.state().name(),
        load == null ? 0 : load.rows(),
        verdict.word(),
        VerdictChange.reasonOf(verdict),
        words(verdict),
        position == null ? null : position.text(),
        judged == null ? "" : judged.because(),
        judged == null || judged.scan() == null
            ? null
            : ScanStore.statement(connection, judged.scan().id())
                .map(WaveReader::scan)
                .orElse(null));
  }

  private static @Nullable String words(Verdict verdict) {
    return verdict instanceof Verdict.Unknown unknown ? unknown.words() : null;
  }

  private static WaveSection.Applied applied(Stamp stamp) {
    Position position = stamp.position();
    return new WaveSection.Applied(
        stamp.transaction(), position == null ? null : position.text(), text(stamp.committedAt()));
  }

  private static WaveSection.Ledger ledger(LedgerView view) {
    LedgerCheckpoint checkpoint = view.checkpoint();
    Balanced balanced = checkpoint == null ? null : checkpoint.balanced();
    Position source = balanced == null ? null : balanced.position();
    Position target = checkpoint == null ? null : checkpoint.echoPosition();
    LedgerCounts counts = checkpoint == null ? LedgerCounts.NONE : checkpoint.counts();
    String code = view.failureCode();
    return new WaveSection.Ledger(
        balanced == null ? null : (Long) balanced.from(),
        balanced == null ? null : (Long) balanced.transaction(),
        source == null ? null : source.text(),
        target == null ? null : target.text(),
        counts.echoTransactions(),
        counts.transactions(),
        counts.rows(),
        counts.incomparable(),
        counts.unbalanced(),
        counts.loaded(),
        counts.findings(),
        view.findings(),
        counts.tolerated(),
        text(view.savedAt()),
        code == null ? null : code + ": " + view.failure());
  }

  private static WaveSection.Scan scan(KeptStatement kept) {
    return new WaveSection.Scan(
        kept.id(),
        kept.verdict(),
        kept.sourceRows(),
        kept.targetRows(),
        kept.sourceSum(),
        kept.targetSum(),
        kept.hash(),
        kept.firstSource(),
        kept.source(),
        kept.applied(),
        kept.onePosition(),
        kept.chunks(),
        kept.differing(),
        kept.settledLater(),
        kept.unsettled(),
        kept.unexamined(),
        kept.exclusions().stream()
            .map(one -> new WaveSection.Excluded(one.column(), one.why(), one.rows()))
            .toList(),
        kept.startedAt().toString(),
        kept.millis());
  }

  private static WaveSection.Change change(VerdictRecord record) {
    return new WaveSection.Change(
        record.at().toString(),
        record.verdict(),
        record.reason(),
        record.position(),
        record.changedBy());
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
