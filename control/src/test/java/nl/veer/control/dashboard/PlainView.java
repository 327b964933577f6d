package nl.veer.control.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.audit.AuditLine;
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
import nl.veer.control.gate.GateView;
import nl.veer.control.status.EchoStatus;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.status.LegFigures;
import nl.veer.control.status.LoadStatus;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.status.SlotFigures;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.LedgerSaid;
import nl.veer.control.word.ReplicatorSaid;
import nl.veer.control.word.Said;
import nl.veer.verifier.verdict.Exclusion;
import org.jspecify.annotations.Nullable;

/** A shop's migration of one wave, and one that nothing is known of. It counts what is asked. */
public final class PlainView implements MigrationView {
  public static final List<String> WAVES = List.of("main", "dark");

  /** A name with all that a path may trip over. */
  public static final String HOSTILE = "we/ird.100% \"Or;der\"? <b>&#é";

  private static final String AT = "2026-11-29T17:59:59.250Z";
  private static final String DIGEST = "00112233445566778899aabbccddeeff";

  public final AtomicInteger statuses = new AtomicInteger();
  public final AtomicInteger records = new AtomicInteger();
  private volatile @Nullable RuntimeException trouble;
  private volatile int more;

  /** Which records were asked for last. */
  public volatile @Nullable RecordQuery asked;

  /** From now on nothing is answered but this; null for answers again. */
  public void fail(@Nullable RuntimeException with) {
    trouble = with;
  }

  /** From now on the wave main has so many tables more. */
  public void more(int tables) {
    more = tables;
  }

  /** As a server that is away. */
  public static Failure away() {
    return new Failure(FailureKind.TRANSIENT, "TARGET_UNREACHABLE", "The target is away.");
  }

  private void answer() {
    RuntimeException thrown = trouble;
    if (thrown != null) {
      throw thrown;
    }
  }

  private void record() {
    records.incrementAndGet();
    answer();
  }

  @Override
  public MigrationStatus status() {
    statuses.incrementAndGet();
    answer();
    return new MigrationStatus("shop", AT, List.of(main("EQUAL", statuses.get(), more), dark()));
  }

  /**
   * @param verdict of the wave main
   */
  public static MigrationStatus status(String verdict) {
    return new MigrationStatus("shop", AT, List.of(main(verdict), dark()));
  }

  /**
   * @param verdict of the wave, and of its table orders
   */
  public static WaveStatus main(String verdict) {
    return main(verdict, 0);
  }

  /**
   * The same, some seconds later: a hundred transactions have come in with each of them.
   *
   * @param verdict of the wave, and of its table orders
   */
  public static WaveStatus main(String verdict, int seconds) {
    return main(verdict, seconds, 0);
  }

  private static WaveStatus main(String verdict, int seconds, int more) {
    boolean unknown = verdict.equals("UNKNOWN");
    VerdictFigures.Table orders =
        new VerdictFigures.Table(
            "public.orders",
            verdict,
            unknown ? "BEHIND" : null,
            unknown ? "No process balances this wave." : null,
            "0/5D1A9F20",
            verdict.equals("DIFFERENT") ? 2 : 0,
            AT,
            List.of(new Exclusion("score", "rounded to 2 decimals", 7)));
    VerdictFigures.Table hostile =
        new VerdictFigures.Table(HOSTILE, "EQUAL", null, null, "0/5D1A9F20", 0, AT, List.of());
    List<VerdictFigures.Table> tables = new ArrayList<>(List.of(hostile, orders));
    tables.addAll(PlainTables.more(more));
    return new WaveStatus(
        "main",
        new LegFigures(0, "source", "target"),
        WaveState.REPLICATING,
        "0/5D1A9F48",
        "0/5D1A9F20",
        "0/5D1A9F20",
        481_220L,
        12L,
        40L,
        0L,
        new LoadStatus(
            3,
            3,
            6_000,
            6_000,
            9_001,
            0,
            List.of(
                new LoadStatus.Table("public.orders", true, 5_000, 5_000, 9_000),
                new LoadStatus.Table("public.new", true, 1_000, 1_000, 1))),
        new EchoStatus(WaveState.CAPTURING, "0/9920B1C8", 481_209L, 0L, null),
        new LedgerFigures(
            LedgerFigures.State.BALANCING, "0/5D1A9F20", 481_220L, 30L, 481_209, 9_000, 0, null),
        new VerdictFigures(
            verdict,
            unknown ? "BEHIND" : null,
            unknown ? "No process balances this wave." : null,
            "0/5D1A9F20",
            30L,
            "waits until 18:10",
            tables),
        new SlotFigures(true, false, 16_777_216L, 1_073_741_824L),
        roles(seconds),
        null,
        List.of());
  }

  private static List<RoleFigures> roles(int seconds) {
    long more = 100L * seconds;
    String at = Instant.parse(AT).plusSeconds(seconds).toString();
    return List.of(
        role(
            "capture",
            at,
            new CaptureSaid(
                "0/5D1A9F20", 481_220 + more, before(at), 8_220 + more, 31_007 + 4 * more)),
        role(
            "replicator",
            at,
            new ReplicatorSaid(
                "0/5D1A9F20",
                481_220 + more,
                8_220 + more,
                31_007 + 4 * more,
                0,
                0,
                new ReplicatorSaid.Lag(12, 12, 11, 40, 2_104),
                new ReplicatorSaid.Load(3, 3, 6_000, 6_000, 9_001, 0))),
        role(
            "echo",
            at,
            new CaptureSaid(
                "0/9920B1C8", 481_209 + more, before(at), 8_209 + more, 31_001 + 4 * more)),
        role(
            "ledger",
            at,
            new LedgerSaid("0/5D1A9F20", 481_220 + more, AT, 481_209 + more, 9_000 + 4 * more, 0)),
        new RoleFigures("scan", "WAITING", "WAITING", 400L, at, "a1", 1, null, null));
  }

  /** Some milliseconds earlier. */
  private static String before(String at) {
    return Instant.parse(at).minusMillis(4).toString();
  }

  private static RoleFigures role(String role, String at, Said said) {
    return new RoleFigures(role, "RUNNING", "RUNNING", 400L, at, "a1", 1, null, said);
  }

  private static final RoleFigures SILENT =
      new RoleFigures("capture", RoleFigures.SILENT, "RUNNING", 90_000L, AT, "b2", 1, null, null);

  /** One of which nothing can be read. */
  public static WaveStatus dark() {
    return new WaveStatus(
        "dark",
        new LegFigures(1, "target", "source"),
        WaveState.UNKNOWN,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new LoadStatus(0, 0, 0, 0, 0, 0, List.of()),
        null,
        null,
        null,
        null,
        List.of(SILENT),
        "no capture is connected to the source",
        List.of("source: Connection refused"));
  }

  @Override
  public List<VerdictStep> history(String wave, String table, int limit) {
    record();
    return List.of(
        new VerdictStep(AT, "EQUAL", null, null, "0/41002210", "scan 3"),
        new VerdictStep(AT, "UNKNOWN", "NEVER_SCANNED", "No scan has looked.", null, "load"));
  }

  @Override
  public TableView tables() {
    return new PlainTables(this::record, more);
  }

  @Override
  public List<WaveDifferences> differences(RecordQuery query) {
    record();
    asked = query;
    WaveDifferences.Line open =
        new WaveDifferences.Line(
            7,
            "OPEN",
            "VALUES",
            "public.orders",
            DIGEST,
            List.of("note"),
            3,
            "0/1",
            "0/2",
            AT,
            AT,
            null,
            null,
            null,
            null);
    WaveDifferences.Line gone =
        new WaveDifferences.Line(
            8,
            "GONE",
            "EXTRA",
            "public.orders",
            DIGEST,
            List.of(),
            3,
            "0/1",
            "0/2",
            AT,
            AT,
            "FOREIGN_WRITER",
            "It carries no stamp.",
            "scan 4",
            AT);
    return List.of(
        new WaveDifferences("main", query.closed() ? List.of(open, gone) : List.of(open), 8L),
        new WaveDifferences("dark", List.of(), null));
  }

  @Override
  public List<WaveFindings> findings(RecordQuery query) {
    record();
    WaveFindings.Line one =
        new WaveFindings.Line(
            3,
            "OPEN",
            "FOREIGN_WRITE",
            "public.orders",
            DIGEST,
            List.of("note"),
            "NONE",
            "PRESENT",
            1,
            null,
            "0/9920B1C8",
            "4711",
            "A row was written.",
            AT,
            null,
            null,
            null,
            null);
    return List.of(
        new WaveFindings("main", List.of(one), null), new WaveFindings("dark", List.of(), null));
  }

  @Override
  public Causes causes(@Nullable String wave, boolean closed) {
    record();
    return PlainRows.causes(closed);
  }

  @Override
  public KeyHistory keyHistory(String wave, String table, String key, Search search) {
    record();
    return PlainRows.history(key);
  }

  @Override
  public Optional<ShownRow> values(String wave, long id) {
    record();
    return id == 7 ? Optional.of(PlainRows.values()) : Optional.empty();
  }

  @Override
  public List<WaveAttempts> attempts(int limit) {
    record();
    WaveAttempts.Line going =
        new WaveAttempts.Line(
            2,
            0,
            "CUTOVER",
            "FENCED",
            10_000,
            AT,
            AT,
            null,
            null,
            null,
            Map.of("PREPARED", 1_204L),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    WaveAttempts.Line rehearsal =
        new WaveAttempts.Line(
            1,
            0,
            "REHEARSAL",
            "REHEARSED",
            10_000,
            AT,
            AT,
            "0/5",
            "0/5",
            "0/9",
            Map.of(),
            3L,
            6_000L,
            "EQUAL",
            "Every row was compared.",
            1_902L,
            "writer",
            AT,
            null,
            null);
    return List.of(
        new WaveAttempts("main", List.of(going, rehearsal)), new WaveAttempts("dark", List.of()));
  }

  @Override
  public List<AuditLine> audit(long before, int limit) {
    record();
    return List.of(
        new AuditLine(2, AT, "veer", "10.0.0.7", "op@host process 1", "main", "gate", "", DIGEST),
        new AuditLine(1, AT, "veer", null, "", "", "veer run", "asked for", DIGEST));
  }

  @Override
  public List<GateView> gates() {
    record();
    return List.of(
        new GateView(
            "main",
            false,
            "SHUT",
            "rehearsed",
            List.of(),
            null,
            List.of(
                new GateView.Line(
                    "rehearsed",
                    "SHUT",
                    "It never was.",
                    "veer cutover --rehearse",
                    null,
                    null,
                    null),
                new GateView.Line(
                    "indexes", "WAIVED", "One is missing.", null, null, "made later", "op"))));
  }

  @Override
  public SignedFiles report() {
    record();
    return new SignedFiles(
        "shop",
        AT,
        "EQUAL",
        "Each of 3 tables.",
        "SHA256:k",
        2,
        null,
        "{\"report\":1}\n",
        "<!DOCTYPE html><p style=\"color:red\">");
  }
}
