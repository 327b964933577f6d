package nl.veer.control.gate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.wave.OpenLog;

/**
 * Says whether a leg may be cut over. Each look reads everything anew and sends a marker of its
 * own; nothing is remembered from one to the next. Needs no role in this process. Owned by one
 * thread.
 */
public final class Gate {
  /** No answer takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final CutoverConfig cutover;
  private final VerificationConfig verification;
  private final Supplier<OpenLog> log;
  private final RehearsalLook rehearsals;
  private final Clock clock;
  private final StopSignal stop;

  /**
   * @param log where the legs' logs are; it may fail, then the databases tell what is captured
   * @param stop ends a wait for a marker early
   */
  public Gate(
      CutoverConfig cutover,
      VerificationConfig verification,
      Supplier<OpenLog> log,
      RehearsalLook rehearsals,
      Clock clock,
      StopSignal stop) {
    this.cutover = cutover;
    this.verification = verification;
    this.log = log;
    this.rehearsals = rehearsals;
    this.clock = clock;
    this.stop = stop;
  }

  /** How it stands now. Takes as long as a marker does, at most three times what it may. */
  public GateReport read(GateSide side) {
    GateReader reader = new GateReader(side, cutover, verification, log, rehearsals, clock, stop);
    return GateReport.of(side.leg().wave(), judged(side, reader.read()), waivers(side));
  }

  private List<Predicate> judged(GateSide side, GateFacts facts) {
    Set<TableId> tables = new HashSet<>(side.tables());
    List<Predicate> all = new ArrayList<>();
    all.addAll(LagPredicates.of(facts.trip(), cutover.gateLag(), facts.at()));
    all.addAll(
        new ProofPredicates(side.tables(), cutover.gateScanAge(), verification.verdictLag())
            .of(facts.proof()));
    all.addAll(new ConstraintPredicates(tables).of(facts.definitions()));
    all.add(new TriggerPredicate(tables).of(facts.definitions()));
    all.add(new IndexPredicate(tables).of(facts.definitions()));
    all.add(SequencePredicate.of(facts.sequences(), cutover.sequenceMargin()));
    all.add(new SettingsPredicate(tables).of(facts.servers(), facts.definitions()));
    all.addAll(new WayBackPredicates(side, verification.ledger()).of(facts.wayBack()));
    all.add(FencePredicate.of(facts.fence(), cutover));
    all.add(RehearsalPredicate.of(facts.rehearsed(), cutover));
    return all;
  }

  /** Who cannot read them goes without. */
  private static Map<String, Waiver> waivers(GateSide side) {
    try (Connection home = side.home().openBounded(side.leg() + " gate", ANSWER)) {
      return WaiverStore.read(home, side.leg());
    } catch (SQLException unreadable) {
      return Map.of();
    }
  }
}
