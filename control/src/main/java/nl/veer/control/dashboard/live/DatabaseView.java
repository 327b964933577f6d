package nl.veer.control.dashboard.live;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.audit.AuditLine;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WaveConfig;
import nl.veer.control.cutover.CutoverStore;
import nl.veer.control.dashboard.view.Causes;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.MigrationView;
import nl.veer.control.dashboard.view.RecordQuery;
import nl.veer.control.dashboard.view.ShownRow;
import nl.veer.control.dashboard.view.SignedFiles;
import nl.veer.control.dashboard.view.TableView;
import nl.veer.control.dashboard.view.VerdictStep;
import nl.veer.control.dashboard.view.WaveAttempts;
import nl.veer.control.dashboard.view.WaveDifferences;
import nl.veer.control.dashboard.view.WaveFindings;
import nl.veer.control.gate.Gate;
import nl.veer.control.gate.GateReport;
import nl.veer.control.gate.GateSide;
import nl.veer.control.gate.GateView;
import nl.veer.control.gate.RehearsalsOnRecord;
import nl.veer.control.report.PublicKeys;
import nl.veer.control.report.ReportDocument;
import nl.veer.control.report.ReportFiles;
import nl.veer.control.report.ReportKey;
import nl.veer.control.report.ReportReader;
import nl.veer.control.report.ReportedLeg;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.record.AuditLog;
import nl.veer.verifier.record.DifferenceList;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.DifferenceRecord.State;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.record.FindingRecords;
import nl.veer.verifier.record.VerdictRecord;
import nl.veer.verifier.record.Verdicts;
import org.jspecify.annotations.Nullable;

/**
 * What is on record at home and at each leg's target, over sessions that are opened for a question
 * and closed behind it. Safe for use by several threads.
 */
public final class DatabaseView implements MigrationView, AutoCloseable {
  private final VeerConfig config;
  private final Path file;
  private final String veer;
  private final StatusSource status;
  private final Supplier<OpenLog> log;
  private final BiConsumer<WaveId, GateReport> asked;
  private final Clock clock;
  private final StopSignal stop = new StopSignal();
  private final RowReader rows;
  private final TableView tables;

  /**
   * @param file that the configuration was read from
   * @param veer the version of this Veer
   * @param status how far everything is, however that is known here
   * @param log where the legs' logs are; it may fail, then the gate says so
   * @param asked told of what each leg's gate said
   */
  public DatabaseView(
      VeerConfig config,
      Path file,
      String veer,
      StatusSource status,
      Supplier<OpenLog> log,
      BiConsumer<WaveId, GateReport> asked,
      Clock clock) {
    this.config = config;
    this.file = file;
    this.veer = veer;
    this.status = status;
    this.log = log;
    this.asked = asked;
    this.clock = clock;
    this.rows = new RowReader(config, log, stop);
    this.tables = new DatabaseTables(config, clock);
  }

  @Override
  public MigrationStatus status() {
    return status.read();
  }

  @Override
  public Optional<MigrationStatus> overheard() {
    return status.overheard();
  }

  @Override
  public List<VerdictStep> history(String wave, String table, int limit) {
    List<VerdictStep> steps = new ArrayList<>();
    for (Leg leg : RecordQuestions.legs(config, wave)) {
      List<VerdictRecord> history =
          RecordQuestions.ask(
              leg.to(), connection -> Verdicts.history(connection, leg.wave(), table, limit));
      history.forEach(record -> steps.add(0, VerdictStep.of(record)));
    }
    return steps;
  }

  @Override
  public TableView tables() {
    return tables;
  }

  @Override
  public List<WaveDifferences> differences(RecordQuery query) {
    TableId table = table(query.table());
    State state = query.closed() ? null : State.OPEN;
    List<WaveDifferences> waves = new ArrayList<>();
    for (Leg leg : RecordQuestions.legs(config, query.wave())) {
      List<DifferenceRecord> found =
          query.table() != null && table == null
              ? List.of()
              : RecordQuestions.ask(
                  leg.to(),
                  connection ->
                      DifferenceList.read(
                          connection,
                          leg.wave(),
                          new DifferenceList.Chosen(table, state, query.kind(), query.column()),
                          query.after(),
                          query.limit()));
      Long next = found.size() < query.limit() ? null : (Long) found.get(found.size() - 1).id();
      waves.add(
          new WaveDifferences(
              leg.home().wave(), found.stream().map(WaveDifferences.Line::of).toList(), next));
    }
    return waves;
  }

  /** Null also if it cannot be a table. */
  static @Nullable TableId table(@Nullable String text) {
    int dot = text == null ? -1 : text.indexOf('.');
    return text == null || dot < 1 || dot == text.length() - 1
        ? null
        : new TableId(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public List<WaveFindings> findings(RecordQuery query) {
    List<WaveFindings> waves = new ArrayList<>();
    for (Leg leg : RecordQuestions.legs(config, query.wave())) {
      List<FindingRecord> found =
          RecordQuestions.ask(
              leg.to(),
              connection ->
                  FindingRecords.read(
                      connection,
                      leg.wave(),
                      new FindingRecords.Chosen(
                          query.table(), !query.closed(), query.kind(), query.column()),
                      query.after(),
                      query.limit()));
      Long next = found.size() < query.limit() ? null : (Long) found.get(found.size() - 1).id();
      waves.add(
          new WaveFindings(
              leg.home().wave(), found.stream().map(WaveFindings.Line::of).toList(), next));
    }
    return waves;
  }

  @Override
  public List<WaveAttempts> attempts(int limit) {
    return RecordQuestions.ask(
        home(),
        connection -> {
          List<WaveAttempts> waves = new ArrayList<>();
          for (WaveConfig wave : config.waves()) {
            WaveId id = config.id(wave);
            waves.add(
                new WaveAttempts(
                    wave.name(),
                    CutoverStore.all(connection, id).stream()
                        .limit(limit)
                        .map(WaveAttempts.Line::of)
                        .toList()));
          }
          return waves;
        });
  }

  @Override
  public List<AuditLine> audit(long before, int limit) {
    return RecordQuestions.ask(
        home(),
        connection ->
            AuditLog.last(connection, config.migration(), before, limit).stream()
                .map(AuditLine::of)
                .toList());
  }

  @Override
  public List<GateView> gates() {
    Migration migration = Migration.of(config);
    Gate gate =
        new Gate(
            config.cutover(), config.verification(), log, new RehearsalsOnRecord(), clock, stop);
    List<GateView> views = new ArrayList<>();
    for (Leg leg : Legs.current(migration).values()) {
      GateReport report = gate.read(GateSide.of(migration, leg));
      asked.accept(leg.wave(), report);
      views.add(GateView.of(report));
    }
    return views;
  }

  @Override
  public SignedFiles report() {
    ReportKey key = ReportKey.in(ReportKey.usual(config.data()));
    ReportDocument document = new ReportReader(config, file, veer, ReportedLeg.of(config)).read();
    ReportFiles files = new ReportFiles(document, key);
    return new SignedFiles(
        document.migration(),
        document.madeAt(),
        document.verdict(),
        document.words(),
        PublicKeys.fingerprint(key.shown()),
        document.audit().count(),
        document.audit().head(),
        files.json(),
        files.page());
  }

  @Override
  public Causes causes(@Nullable String wave, boolean closed) {
    return rows.causes(wave, closed);
  }

  @Override
  public KeyHistory keyHistory(String wave, String table, String key, Search search) {
    return rows.keyHistory(wave, table, key, search);
  }

  @Override
  public Optional<ShownRow> values(String wave, long id) {
    return rows.values(wave, id);
  }

  private TargetConnections home() {
    return new TargetConnections(config.target().endpoint());
  }

  /** A look at the gates does not wait for its marker any more. */
  @Override
  public void close() {
    stop.raise();
  }
}
