package nl.veer.control.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.AttemptFacts;
import nl.veer.control.cutover.AttemptKind;
import nl.veer.control.cutover.CutoverState;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.status.LegFigures;
import nl.veer.control.status.LoadStatus;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.wave.ScanStatus;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableVerdict;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;

/** A wave in which all is well, to be spoilt by a test. */
public final class SampleWave {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final LsnPosition HERE = new LsnPosition(0x1_0000_1000L);

  public int leg;
  public WaveState state = WaveState.REPLICATING;
  public @Nullable Long lagMillis = 250L;
  public @Nullable Long ledgerLagMillis = 400L;
  public Forecast lagZero =
      new Forecast.Expected(Duration.ofSeconds(90), Duration.ofSeconds(60), null);
  public @Nullable WaveVerdict verdict = verdict(2, Verdict.equal());
  public @Nullable SlotReading logSlot = slot("veer_shop__main", 1 << 20, 1L << 30);
  public @Nullable SlotReading echoSlot = slot("veer_shop__main_echo", 1 << 16, null);
  public @Nullable Attempt attempt = attempt(null);
  public boolean sidesRead = true;
  public final List<RoleReading> roles = new ArrayList<>();

  public SampleWave() {
    for (String role : List.of("capture", "replicate", "echo", "ledger", "scan", "verdict")) {
      roles.add(new RoleReading(role, true, RoleState.WELL, NOW, null, null, null));
    }
  }

  /** The role is this from now on, since then. */
  public SampleWave role(String role, RoleState is, Instant since) {
    return role(
        new RoleReading(
            role,
            true,
            is,
            since,
            null,
            is == RoleState.WELL ? null : "AWAY",
            is == RoleState.WELL ? null : "The source is away."));
  }

  public SampleWave role(RoleReading now) {
    roles.replaceAll(one -> one.role().equals(now.role()) ? now : one);
    return this;
  }

  public WaveReading reading() {
    return new WaveReading(
        status(),
        words(),
        roles,
        new Surroundings(HERE, logSlot, echoSlot, true, attempt, sidesRead),
        lagZero,
        null);
  }

  /** The only wave of a migration, of which nothing is known since then. */
  public static MigrationReading unheard(Instant since, Instant at) {
    return new MigrationReading(
        "shop", at, Duration.ofSeconds(1), List.of(WaveReading.unheard("main", since)), null);
  }

  public MigrationReading alone(Instant at) {
    return new MigrationReading("shop", at, Duration.ofSeconds(1), List.of(reading()), null);
  }

  private WaveStatus status() {
    return new WaveStatus(
        "main",
        new LegFigures(leg, "source", "target"),
        state,
        "1/2000",
        "1/1800",
        "1/1000",
        7L,
        lagMillis,
        4096L,
        3L,
        new LoadStatus(
            2,
            2,
            1100,
            1000,
            60_000,
            0,
            List.of(new LoadStatus.Table("public.orders", true, 1000, 900, 50_000))),
        null,
        new LedgerFigures(
            LedgerFigures.State.BALANCING, "1/900", 6L, ledgerLagMillis, 60, 600, 0, null),
        null,
        null,
        List.of(),
        null,
        List.of());
  }

  private RoleWords words() {
    return new RoleWords(
        new CaptureStatus(CaptureStatus.State.STREAMING, HERE, 10, 10, 100, 1, null),
        new ReplicatorStatus(
            ReplicatorStatus.State.REPLICATING,
            HERE,
            7,
            7,
            70,
            new ReplicatorStatus.Batches(5, 1, Duration.ofMillis(1500)),
            2,
            0,
            3,
            new ReplicatorStatus.Lag(250, 12, 10, 20, 30),
            List.of(),
            null),
        new CaptureStatus(CaptureStatus.State.STREAMING, HERE, 9, 9, 90, 0, null),
        new LedgerStatus(
            new Balanced(0, 6, HERE, 60L, NOW),
            new LedgerCounts(6, 6, 60, 0, 0, 0, 0, Map.of()),
            6,
            HERE,
            true,
            0,
            null),
        new ScanStatus("waiting", 1000, 0, null),
        verdict,
        null);
  }

  /** With this verdict on the first of so many tables; the others are equal. */
  public static WaveVerdict verdict(int tables, Verdict first) {
    List<TableVerdict> all = new ArrayList<>();
    for (int i = 0; i < tables; i++) {
      all.add(
          new TableVerdict(
              new TableId("public", "t" + i),
              i == 0 ? first : Verdict.equal(),
              HERE,
              "scan 1",
              scanned(NOW.minusSeconds(60 + i)),
              null));
    }
    return WaveVerdict.of(all, 0, 0);
  }

  private static Scanned scanned(Instant at) {
    return new Scanned(1, Verdict.equal(), 2, true, HERE, HERE, 5L, List.of(), at, at);
  }

  public static SlotReading slot(String name, long retained, @Nullable Long safe) {
    return new SlotReading(
        name, true, false, retained, safe, new Forecast.Never("it does not fall"));
  }

  /** A rehearsal that refused writes for 1.2 s; or a cutover that has refused them since then. */
  public static Attempt attempt(@Nullable Instant fencedAt) {
    boolean runs = fencedAt != null;
    return new Attempt(
        1,
        new WaveId("shop", "main"),
        0,
        runs ? AttemptKind.CUTOVER : AttemptKind.REHEARSAL,
        runs ? new CutoverState.Drained() : new CutoverState.Rehearsed(),
        1,
        Duration.ofSeconds(10),
        new AttemptFacts(
            0L, fencedAt, null, null, null, null, null, null, null, runs ? null : 1200L, null),
        Map.of(),
        NOW.minusSeconds(100),
        runs ? null : NOW,
        null,
        null);
  }
}
