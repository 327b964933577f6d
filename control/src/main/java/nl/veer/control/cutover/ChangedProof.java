package nl.veer.control.cutover;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import nl.veer.connectors.dialect.postgres.PostgresMarkers;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.verifier.changed.ChangeFollower;
import nl.veer.verifier.changed.ChangeGround;
import nl.veer.verifier.changed.Changed;
import nl.veer.verifier.record.ScanBase;
import nl.veer.verifier.scan.TableCounts.Count;
import nl.veer.verifier.verdict.TableStatement;

/**
 * What has changed on either side since a complete scan found all equal is compared, by chunks: the
 * source's changes are in the log, the target's in the echo, those of others too. What no log knows
 * to have changed is equal by that scan. Both logs are read while writes go on, so that behind the
 * fence only their ends are left.
 */
final class ChangedProof implements Proof {
  private static final String MARKER = "proof";

  private final ProofPlan plan;
  private final ProofBases bases;
  private final ChangeFollower follower;
  private final StillSides sides;

  private ChangedProof(
      ProofPlan plan, ProofBases bases, ChangeFollower follower, StillSides sides) {
    this.plan = plan;
    this.bases = bases;
    this.follower = follower;
    this.sides = sides;
  }

  /**
   * Gets ready while writes go on: tables without a scan to rest on are scanned, and those of which
   * too much has changed since.
   *
   * @throws Failure PROOF_TOO_LONG if what has changed does not fit either
   */
  static ChangedProof prepare(Drive drive, ProofPlan every, ProofBases bases, StillSides sides) {
    if (!drive.config().verification().ledger()) {
      throw tooLong(
          every,
          "without the echo (verification.ledger) nobody knows what else has changed on the target");
    }
    Map<TableId, Long> rows =
        drive.onFrom("estimating the rows", from -> RowEstimate.each(from, drive.leg().tables()));
    ChangeGround ground = bases.ground(rows);
    List<ScanBase> good = bases.good(ground, drive.stop());
    Set<TableId> scanned = bases.lacking(good);
    if (!scanned.isEmpty()) {
      good = scan(drive, every, bases, ground, scanned);
    }
    ChangeFollower follower = follow(drive, ground, good);
    boolean ready = false;
    try {
      ProofPlan plan = every.with(follower.changed());
      Set<TableId> old = new TreeSet<>(follower.touched());
      old.removeAll(scanned);
      if (!plan.fits() && !old.isEmpty()) {
        follower.close();
        follower = follow(drive, ground, scan(drive, plan, bases, ground, old));
        plan = every.with(follower.changed());
      }
      if (!plan.fits()) {
        throw tooLong(
            every,
            "what has changed since the tables were scanned, about %,d rows, takes about %d s"
                .formatted(follower.changed().rows(), plan.changedEstimate().toSeconds()));
      }
      drive.progress().says("At the marker " + plan.said());
      follower.follow();
      ready = true;
      return new ChangedProof(plan, bases, follower, sides);
    } finally {
      if (!ready) {
        follower.close();
      }
    }
  }

  /** Where an attempt is gone on with behind its fence there is no time for that. */
  private static List<ScanBase> scan(
      Drive drive, ProofPlan plan, ProofBases bases, ChangeGround ground, Set<TableId> tables) {
    if (drive.budget().isRunning()) {
      throw tooLong(
          plan,
          "%d tables would have to be scanned first, which cannot be done while writes are refused"
              .formatted(tables.size()));
    }
    drive
        .progress()
        .says(
            "%d tables are scanned first, while writes go on: the proof rests on that"
                .formatted(tables.size()));
    bases.scan(tables, drive.stop());
    List<ScanBase> good = bases.good(ground, drive.stop());
    Set<TableId> lacking = bases.lacking(good);
    if (!lacking.isEmpty()) {
      throw new Failure(
          FailureKind.CONFLICT,
          "PROOF_BASE",
          ("The proof cannot rest on the last scan of %s: something else came of it meanwhile, or"
                  + " the logs do not reach back to it. Begin again.")
              .formatted(lacking));
    }
    return good;
  }

  private static ChangeFollower follow(Drive drive, ChangeGround ground, List<ScanBase> good) {
    drive.progress().says("Reading what has changed since the tables were scanned");
    ChangeFollower follower = ChangeFollower.open(ground, good, drive.stop());
    boolean done = false;
    try {
      follower.catchUp(drive.stop());
      done = true;
      return follower;
    } finally {
      if (!done) {
        follower.close();
      }
    }
  }

  private static Failure tooLong(ProofPlan plan, String changed) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "PROOF_TOO_LONG",
        "To compare about %,d rows takes about %d s, and writes would be refused meanwhile: too long"
                .formatted(plan.rows().orElse(0), plan.estimate().toSeconds())
            + " for an outage of at most %d s; and %s. Allow more with --max-outage, or cut over in"
                .formatted(plan.budget().toSeconds(), changed)
            + " smaller waves.");
  }

  @Override
  public Compared compare(Drive drive) {
    LsnPosition marker = Objects.requireNonNull(drive.attempt().facts().marker());
    LsnPosition there =
        drive.onTo(
            "writing a marker",
            to ->
                PostgresMarkers.emit(
                    to, drive.leg().wave().echo(), MARKER, Long.toString(drive.attempt().id())));
    Changed changed =
        follower.upTo(
            marker,
            there,
            () -> {
              drive.budget().require("the logs to be read");
              drive.requireGoing("the logs to be read");
            });
    drive.onTo(
        "looking at the last scans",
        to -> {
          bases.requireStanding(to, follower.bases());
          return true;
        });
    List<TableStatement> parts =
        changed.parts().isEmpty() ? List.of() : sides.run(drive, changed.parts()).tables();
    drive.budget().require("the comparison");
    boolean counted = plan.with(changed).counted();
    List<Count> counts = counted ? sides.count(drive, follower.tables()) : List.of();
    return Compared.changed(
        changed.tables(), parts, counts, how(changed, counted, drive.leg().tables().size()));
  }

  private static String how(Changed changed, boolean counted, int tables) {
    return ("%,d of %,d parts, in %,d of %,d tables: all that changed on either side since complete"
            + " scans found it equal, the oldest from %s on; the rest is equal by these scans; %s")
        .formatted(
            changed.touched(),
            changed.chunks(),
            changed.parts().size(),
            tables,
            changed.since().text(),
            counted
                ? "the rows of all tables were counted on both sides"
                : "the rows of whole tables were not counted");
  }

  @Override
  public void close() {
    follower.close();
  }
}
