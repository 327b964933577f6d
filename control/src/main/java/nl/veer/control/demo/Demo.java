package nl.veer.control.demo;

import java.io.IOException;
import java.sql.SQLException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;

/**
 * Carries a live shop over, proves it, cuts over and follows the way back, and lets the sandbox's
 * oracle judge what was proven. In a kept directory the next demo goes the other way. One thread;
 * the stop signal may come from any.
 */
public final class Demo {
  private static final long SEED = 1953;

  private final DemoOptions options;
  private final Audience audience;
  private final DemoWindow window;

  /**
   * @param window for others to look in
   */
  public Demo(DemoOptions options, DemoScreen screen, StopSignal stop, DemoWindow window) {
    this.options = options;
    this.audience = new Audience(screen, stop);
    this.window = window;
  }

  /**
   * Runs it on a started sandbox, which the caller closes.
   *
   * @throws Failure what ended it before a verdict
   */
  public DemoReport run(Sandbox sandbox) {
    DemoWorld world = new DemoWorld(sandbox);
    try {
      if (audience.hasLeft()) {
        return new DemoNotes(false).report();
      }
      long rows = world.build(options.fill());
      DemoNotes notes = new DemoNotes(rows == 0);
      if (!audience.hasLeft()) {
        open(world, notes, rows);
      }
      return notes.report();
    } catch (SQLException | IOException e) {
      throw new Failure(FailureKind.BUG, "DEMO", "The demo's own world failed: " + e, e);
    }
  }

  private void open(DemoWorld world, DemoNotes notes, long rows) throws SQLException, IOException {
    VeerConfig config = world.config(options.maxOutage());
    Migration migration = Migration.of(config);
    boolean away = Legs.current(config).values().stream().anyMatch(leg -> leg.number() % 2 == 1);
    world.address().lead(away);
    audience.line(
        rows > 0
            ? "The shop is open: %,d rows on the source, none on the target.".formatted(rows)
            : "The shop is open again, as it was left: its customers write to the %s."
                .formatted(away ? "target" : "source"));
    audience.line(
        "Customers write %,.0f transactions a second, through all that follows."
            .formatted(options.rate()));
    try (OpenLog log = OpenLog.open(config);
        ShopWorkload shop =
            ShopWorkload.start(WorkloadConfig.of(SEED, options.rate()), world.address());
        MigrationRun run = MigrationRun.start(migration, log, Role.RUN, false);
        DemoStage stage = new DemoStage(audience, config, migration, log, shop, run);
        DemoWindow.Open look = window.open(config, world.configFile(), migration, log, run)) {
      look.words().ifPresent(this::invite);
      if (rows == 0) {
        new CutoverAct(stage, notes).settle();
      }
      play(world, stage, notes);
      if (options.stay() && !audience.hasLeft()) {
        stay(stage, notes, look);
      }
    }
  }

  /** Whoever reads only one line reads this one. */
  private void invite(String words) {
    audience.line("");
    audience.line("  " + words);
    audience.line("");
  }

  private void stay(DemoStage stage, DemoNotes notes, DemoWindow.Open look) {
    audience.screen().told(notes.report());
    audience.line("");
    audience.line("The servers and the roles stay until Ctrl-C.");
    look.words().ifPresent(this::invite);
    stage.stay();
  }

  /** Each act is played only if the one before ended well; the shop is closed in any case. */
  private void play(DemoWorld world, DemoStage stage, DemoNotes notes)
      throws SQLException, IOException {
    Leg first = stage.leg();
    GateAct gate = new GateAct(stage);
    CutoverAct cutover = new CutoverAct(stage, notes);
    boolean moved =
        new CarryAct(stage, notes).play(options.duration())
            && new ScanAct(stage, notes).play()
            && gate.opensForRehearsal()
            && cutover.rehearse()
            && gate.opens()
            && cutover.cutOver();
    if (moved) {
      new WayBackAct(stage).play(options.duration());
    }
    if (audience.hasLeft()) {
      audience.line("The shop is closed before its time; so are the servers.");
      return;
    }
    boolean proven = new ClosingAct(stage, notes, world).play();
    notes.closed(stage.shop().committed());
    notes.balanced(
        LedgerTally.of(first), moved ? LedgerTally.of(stage.leg()) : DemoReport.Ledger.NONE);
    if (proven) {
      new CertificateAct(stage, notes, world).play(options.certificate(), options.veer());
    }
  }
}
