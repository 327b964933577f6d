package nl.veer.control.finish;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.ControlTopic;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.cutover.CutoverStore;
import nl.veer.control.cutover.FenceRemoval;
import nl.veer.control.gate.WaiverStore;
import nl.veer.control.standby.Standbys;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRemoval;
import nl.veer.control.word.WordRemoval;

/**
 * Ends a wave for good: removes what was made for it and all of its legs on both servers and in
 * Kafka, and what was decided for it, which does not hold for one that is called the same later.
 * Each step may be repeated, so an end that broke off is begun anew. Owned by one thread.
 */
public final class WaveEnd {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final VeerConfig config;
  private final WaveId home;
  private final List<Leg> legs;

  public WaveEnd(VeerConfig config, WaveId home) {
    this.config = config;
    this.home = home;
    this.legs = Legs.all(config, home);
  }

  public WaveId home() {
    return home;
  }

  /** All legs that there are or were, oldest first. */
  public List<Leg> legs() {
    return List.copyOf(legs);
  }

  /**
   * @throws Failure CONFLICT if somebody may be cutting over
   */
  public void requireNoAttempt() {
    atHome(CutoverStore::requireNone);
  }

  /**
   * @throws Failure CONFLICT if a role of it runs, or stands by, wherever
   */
  public void requireEnded() {
    Standbys.requireNone(config, home, Role.CAPTURE, Role.REPLICATE, Role.VERIFY);
    legs.forEach(WaveRemoval::requireEnded);
  }

  /**
   * Removes it.
   *
   * @param unfence whether fences that stand are lowered; else they stand on, and their plans are
   *     forgotten
   * @param before called for each leg before it is removed
   * @return what its owner has to remove, as sentences
   * @throws Failure CONFLICT if a role of it runs, or stands by; nothing was changed
   */
  public List<String> run(KafkaEndpoint kafka, boolean unfence, Consumer<Leg> before) {
    Standbys.requireNone(config, home, Role.CAPTURE, Role.REPLICATE, Role.VERIFY);
    WordRemoval.requireSilence(kafka, home);
    if (unfence) {
      FenceRemoval.lower(config, home);
    } else {
      atHome(FenceRemoval::forget);
    }
    atHome(WaiverStore::forget);
    atHome(CutoverStore::forget);
    ControlTopic.delete(kafka, home);
    List<String> left = new ArrayList<>();
    // The first leg last: with it goes what says that there are others.
    for (int i = legs.size() - 1; i >= 0; i--) {
      before.accept(legs.get(i));
      left.addAll(drop(legs.get(i), kafka));
    }
    WordRemoval.forget(kafka, home);
    Legs.forget(config, home);
    return left;
  }

  private static List<String> drop(Leg leg, KafkaEndpoint kafka) {
    WaveRemoval removal = new WaveRemoval(leg.from(), leg.to(), kafka);
    removal.drop(leg.wave());
    List<String> left = new ArrayList<>();
    removal.leftPublication(leg.wave()).ifPresent(name -> left.add(owners(leg.fromWord(), name)));
    removal.leftEchoPublication(leg.wave()).ifPresent(name -> left.add(owners(leg.toWord(), name)));
    return left;
  }

  private static String owners(String side, String publication) {
    return "On the %s, its owner removes: DROP PUBLICATION %s;".formatted(side, publication);
  }

  private interface Work {
    void on(Connection home, WaveId wave) throws SQLException;
  }

  private void atHome(Work work) {
    TargetConnections target = new TargetConnections(config.target().endpoint());
    try (Connection connection = target.openBounded(home + " removal", ANSWER)) {
      work.on(connection, home);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "changing what is kept of wave " + home.wave());
    }
  }
}
