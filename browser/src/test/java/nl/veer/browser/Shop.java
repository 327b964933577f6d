package nl.veer.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
import nl.veer.control.status.SlotFigures;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import nl.veer.verifier.verdict.Exclusion;
import org.jspecify.annotations.Nullable;

/**
 * A shop in the middle of its parallel run, that tells without any database: one wave of a few
 * tables that people know, and of as many others as wanted. It goes on by the clock, 300
 * transactions per second. Safe for use by several threads.
 */
final class Shop implements MigrationView {
  static final String WAVE = "main";
  static final String ORDERS = "public.orders";

  static final List<String> KNOWN =
      List.of("customers", "order_lines", "orders", "payments", "products", "shipments", "stock");
  private static final int TRANSACTIONS_PER_SECOND = 300;
  private static final long BEGIN = 0x5_D1A9_F000L;

  private final Instant opened = Instant.now();
  private final TableView looks = new ShopTables(this);

  final int tables;
  final ShopClock clock = new ShopClock();
  final ShopAttempts attempts;

  /** Whether no scan has looked at the last table yet. */
  volatile boolean growing;

  /** Whether there is a second wave, which is being loaded; set before it is served. */
  boolean archive;

  /** Rows of the orders that differ. */
  volatile int differing;

  /** What stands in the way of a cutover; empty opens the gate. */
  volatile List<GateView.Line> inTheWay = List.of();

  /** How many entries the audit log has. */
  final AtomicLong audited = new AtomicLong(137);

  /** What was kept in it of commands, and of values that were shown. */
  final List<String> kept = new CopyOnWriteArrayList<>();

  /** What the source says of the slot. */
  volatile SlotFigures slot = new SlotFigures(true, false, 16_777_216L, 1_073_741_824L);

  /** Roles of which nothing was heard for half a minute. */
  volatile Set<String> silent = Set.of();

  /** How many seconds the ledger is behind. */
  volatile long verificationLag = 1;

  Shop(int tables) {
    this.tables = Math.max(tables, KNOWN.size());
    this.attempts = new ShopAttempts(this.tables, clock);
  }

  private long transactions() {
    return Duration.between(opened, Instant.now()).toMillis() * TRANSACTIONS_PER_SECOND / 1_000;
  }

  String position() {
    long lsn = BEGIN + transactions() * 412;
    return "%X/%X".formatted(lsn >>> 32, lsn & 0xFFFF_FFFFL);
  }

  /** So many seconds before now. */
  private static String ago(long seconds) {
    return Instant.now().minusSeconds(seconds).toString();
  }

  /** Which table that is; -1 if there is none. */
  int number(String table) {
    return IntStream.range(0, tables)
        .filter(number -> table(number).equals(table))
        .findFirst()
        .orElse(-1);
  }

  boolean isNeverScanned(int number) {
    return growing && number == tables - 1;
  }

  String table(int number) {
    return "public."
        + (number < KNOWN.size() ? KNOWN.get(number) : "archive_%04d".formatted(number));
  }

  long rows(int number) {
    return 1_000L + number * 7_919L % 250_000;
  }

  @Override
  public MigrationStatus status() {
    String position = position();
    long applied = 481_220 + transactions();
    List<VerdictFigures.Table> judged =
        IntStream.range(0, tables).mapToObj(number -> judged(number, position)).toList();
    List<LoadStatus.Table> loaded =
        IntStream.range(0, tables)
            .mapToObj(
                number ->
                    new LoadStatus.Table(
                        table(number), true, rows(number), rows(number), rows(number) * 180))
            .toList();
    long rows = LongStream.range(0, tables).map(number -> rows((int) number)).sum();
    WaveStatus main =
        new WaveStatus(
            WAVE,
            new LegFigures(0, "source", "target"),
            WaveState.REPLICATING,
            position,
            position,
            position,
            applied,
            9 + transactions() % 7,
            412 * (transactions() % 5),
            transactions() % 5,
            new LoadStatus(tables, tables, rows, rows, rows * 180, 0, loaded),
            new EchoStatus(WaveState.CAPTURING, "0/9920B1C8", applied - 3, 0L, null),
            new LedgerFigures(
                LedgerFigures.State.BALANCING,
                position,
                applied - 4,
                verificationLag * 1_000,
                applied - 4,
                applied * 4,
                0,
                null),
            new VerdictFigures(
                differing > 0 ? "DIFFERENT" : growing ? "UNKNOWN" : "EQUAL",
                differing == 0 && growing ? "NEVER_SCANNED" : null,
                differing == 0 && growing ? "No scan has looked at the last table." : null,
                position,
                verificationLag * 1_000,
                "waits until 18:10",
                judged),
            slot,
            ShopRoles.of(position, applied, Instant.now(), silent),
            null,
            List.of());
    return new MigrationStatus("shop", clock.instant().toString(), waves(main, position));
  }

  private List<WaveStatus> waves(WaveStatus main, String position) {
    return archive ? List.of(main, ShopArchive.status(position)) : List.of(main);
  }

  private VerdictFigures.Table judged(int number, String position) {
    if (isNeverScanned(number)) {
      return new VerdictFigures.Table(
          table(number),
          "UNKNOWN",
          "NEVER_SCANNED",
          "No scan has looked at it since it was loaded.",
          null,
          0,
          null,
          List.of());
    }
    boolean orders = table(number).equals(ORDERS);
    boolean different = orders && differing > 0;
    return new VerdictFigures.Table(
        table(number),
        different ? "DIFFERENT" : "EQUAL",
        null,
        null,
        position,
        different ? differing : 0,
        ago(60 + number % 7_000),
        number == 1 ? List.of(new Exclusion("score", "rounded to 2 decimals", 7)) : List.of());
  }

  @Override
  public List<VerdictStep> history(String wave, String table, int limit) {
    List<VerdictStep> steps = new ArrayList<>();
    if (table.equals(ORDERS) && differing > 0) {
      steps.add(new VerdictStep(ago(12), "DIFFERENT", null, null, "0/5D1A9F20", "scan 4"));
    }
    steps.add(new VerdictStep(ago(3_600), "EQUAL", null, null, "0/41002210", "scan 3"));
    steps.add(
        new VerdictStep(
            ago(7_200), "UNKNOWN", "NEVER_SCANNED", "No scan has looked.", null, "load"));
    return steps;
  }

  @Override
  public TableView tables() {
    return looks;
  }

  @Override
  public List<WaveDifferences> differences(RecordQuery query) {
    return List.of(ShopRows.differences(query, differing));
  }

  @Override
  public List<WaveFindings> findings(RecordQuery query) {
    return List.of(ShopRows.findings(query, differing));
  }

  @Override
  public Causes causes(@Nullable String wave, boolean closed) {
    return ShopRows.causes(differing, closed);
  }

  @Override
  public KeyHistory keyHistory(String wave, String table, String key, Search search) {
    return ShopRows.history(key);
  }

  @Override
  public Optional<ShownRow> values(String wave, long id) {
    return ShopRows.values(id, differing);
  }

  @Override
  public List<WaveAttempts> attempts(int limit) {
    return List.of(new WaveAttempts(WAVE, attempts.lines()));
  }

  @Override
  public List<AuditLine> audit(long before, int limit) {
    return ShopAudit.entries(audited.get(), before, limit);
  }

  @Override
  public List<GateView> gates() {
    return List.of(ShopGate.of(WAVE, position(), tables, inTheWay));
  }

  @Override
  public SignedFiles report() {
    return new SignedFiles(
        "shop",
        Instant.now().toString(),
        differing > 0 ? "DIFFERENT" : "EQUAL",
        "Each of %d tables.".formatted(tables),
        "SHA256:Yb1CmT0pYkq2rB7b0nq3m0kJm1oE5b5sYw1tJkq2rB4",
        audited.get(),
        ShopAudit.hash(audited.get()),
        "{\"report\":1}\n",
        "<!DOCTYPE html><title>shop</title><p>Each table.");
  }
}
