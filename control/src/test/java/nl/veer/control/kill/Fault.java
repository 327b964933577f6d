package nl.veer.control.kill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import nl.veer.sandbox.postgres.StopMode;

/** What can end, and how. Whatever ends is started again at once. */
enum Fault {
  CAPTURE_KILLED((roles, servers) -> roles.killCapture()),
  REPLICATOR_KILLED((roles, servers) -> roles.killReplicator()),
  BOTH_ROLES_KILLED((roles, servers) -> roles.killBoth()),
  BROKER_RESTARTED((roles, servers) -> broker(servers, false)),
  BROKER_KILLED((roles, servers) -> broker(servers, true)),
  SOURCE_FAST((roles, servers) -> servers.source().restart(StopMode.FAST)),
  SOURCE_IMMEDIATE((roles, servers) -> servers.source().restart(StopMode.IMMEDIATE)),
  SOURCE_KILLED((roles, servers) -> servers.source().restart(StopMode.KILL)),
  TARGET_FAST((roles, servers) -> servers.target().restart(StopMode.FAST)),
  TARGET_IMMEDIATE((roles, servers) -> servers.target().restart(StopMode.IMMEDIATE)),
  TARGET_KILLED((roles, servers) -> servers.target().restart(StopMode.KILL)),
  POWER_CUT(Fault::powerCut);

  private interface Strike {
    void at(Roles roles, OwnServers servers);
  }

  private final Strike strike;

  Fault(Strike strike) {
    this.strike = strike;
  }

  void strike(Roles roles, OwnServers servers) {
    strike.at(roles, servers);
  }

  private static void broker(OwnServers servers, boolean kill) {
    servers.kafka().stop(kill);
    servers.kafka().resume();
  }

  /** The roles are started first, while the databases are still away. */
  private static void powerCut(Roles roles, OwnServers servers) {
    servers.source().stop(StopMode.KILL);
    servers.target().stop(StopMode.KILL);
    roles.killBoth();
    servers.source().resume();
    servers.target().resume();
  }

  /**
   * Every fault at least once, the rest drawn, in an order that is drawn.
   *
   * @param drawn what the rest is drawn from
   */
  static List<Fault> deal(int count, List<Fault> drawn, Random dice) {
    if (count < values().length) {
      throw new IllegalArgumentException(count + " moments are too few for every fault");
    }
    List<Fault> dealt = new ArrayList<>(List.of(values()));
    while (dealt.size() < count) {
      dealt.add(drawn.get(dice.nextInt(drawn.size())));
    }
    Collections.shuffle(dealt, dice);
    return dealt;
  }

  /** Those that are got over within seconds; a broker alone in its cluster needs longer. */
  static List<Fault> quick() {
    return List.of(values()).stream()
        .filter(fault -> fault != BROKER_RESTARTED && fault != BROKER_KILLED)
        .toList();
  }
}
