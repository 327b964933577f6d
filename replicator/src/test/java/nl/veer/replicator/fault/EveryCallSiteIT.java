package nl.veer.replicator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.fault.Injection.Moment;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every place where load and apply call a database or the log, found by watching a crossing, fails
 * once before and once after the real call. A call that never leaves the driver fails on one side
 * only, for there is no other. With {@code -Dsoak} each with every kind of fault, else one kind
 * each, dealt in turn. Several faults share a crossing, far apart from each other.
 */
class EveryCallSiteIT {
  /** More would only wait for each other: pauses double from failure to failure. */
  private static final int FAULTS_PER_CROSSING = 8;

  /** A site that only some crossings come by is waited for in this many. */
  private static final int CROSSINGS_PER_FAULT = 8;

  private static final int LANES = 4;
  private static final boolean SOAK = Boolean.getBoolean("soak");

  private static SandboxPostgres server;

  /** What a crash of the machine would take is not at stake here. */
  @BeforeAll
  static void startServer() throws SQLException {
    server = SandboxPostgres.startTemporary();
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET fsync = off");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void losesNothingAndDoublesNothingWhereverOneCallFails() throws Exception {
    long seed = Long.getLong("veer.seed", System.nanoTime());
    System.out.println("EveryCallSiteIT: -Dveer.seed=" + seed);
    Map<CallSite, Integer> sites = recorded();
    List<Injection> injections = injections(sites, new Random(seed));

    List<Injection> done = crossAll(injections);

    Set<CallSite> hit = new HashSet<>();
    done.forEach(injection -> hit.add(injection.site()));
    System.out.printf(
        "EveryCallSiteIT: %d call sites, %d of them failed, %d faults%n",
        sites.size(), hit.size(), done.size());
    assertThat(sites.size())
        .as("call sites; fewer mean that the watching broke")
        .isGreaterThan(200);
    assertThat(anyCall(done))
        .as(
            "faults that happened; one that is missing had no call in %s crossings",
            CROSSINGS_PER_FAULT)
        .containsExactlyInAnyOrderElementsOf(anyCall(injections));
  }

  private static List<Injection> anyCall(List<Injection> injections) {
    return injections.stream().map(Injection::atFirstCall).toList();
  }

  private static Map<CallSite, Integer> recorded() throws Exception {
    Saboteur saboteur = new Saboteur();
    try (SabotagedDriver driver = new SabotagedDriver("watched", saboteur);
        SmallCrossing crossing = new SmallCrossing(server, driver, saboteur)) {
      assertThat(crossing.run(List.of())).isEmpty();
      Map<CallSite, Integer> sites = saboteur.calls();
      crossing.requireExact();
      return sites;
    }
  }

  /** In the order of their sites. */
  private static List<Injection> injections(Map<CallSite, Integer> sites, Random random) {
    Queue<Fault> hand = new ArrayDeque<>();
    List<Injection> injections = new ArrayList<>();
    sites.forEach(
        (site, calls) -> {
          for (Moment moment : moments(site, random)) {
            for (Fault fault : SOAK ? List.of(Fault.values()) : List.of(dealt(hand, random))) {
              injections.add(new Injection(site, moment, fault, 1 + random.nextInt(calls)));
            }
          }
        });
    return injections;
  }

  private static List<Moment> moments(CallSite site, Random random) {
    return site.speaks() || SOAK
        ? List.of(Moment.values())
        : List.of(Moment.values()[random.nextInt(2)]);
  }

  private static Fault dealt(Queue<Fault> hand, Random random) {
    if (hand.isEmpty()) {
      List<Fault> all = new ArrayList<>(List.of(Fault.values()));
      Collections.shuffle(all, random);
      hand.addAll(all);
    }
    return hand.remove();
  }

  private static List<Injection> crossAll(List<Injection> injections) throws Exception {
    int crossings = (injections.size() + FAULTS_PER_CROSSING - 1) / FAULTS_PER_CROSSING;
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    List<Future<List<Injection>>> futures = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      Queue<List<Injection>> groups = new ArrayDeque<>();
      for (int i = lane; i < crossings; i += LANES) {
        groups.add(everyNth(injections, i, crossings));
      }
      String name = "lane" + lane;
      futures.add(lanes.submit(() -> crossGroups(name, groups)));
    }
    lanes.shutdown();
    List<Injection> done = new ArrayList<>();
    for (Future<List<Injection>> future : futures) {
      done.addAll(future.get());
    }
    return done;
  }

  private static List<Injection> everyNth(List<Injection> injections, int from, int step) {
    List<Injection> group = new ArrayList<>();
    for (int i = from; i < injections.size(); i += step) {
      group.add(injections.get(i));
    }
    return group;
  }

  /** Answers the injections that happened; one whose call never came is not among them. */
  private static List<Injection> crossGroups(String lane, Queue<List<Injection>> groups)
      throws Exception {
    List<Injection> done = new ArrayList<>();
    Saboteur saboteur = new Saboteur();
    try (SabotagedDriver driver = new SabotagedDriver(lane, saboteur);
        SmallCrossing crossing = new SmallCrossing(server, driver, saboteur)) {
      for (List<Injection> group : groups) {
        List<Injection> left = new ArrayList<>(group);
        for (int tries = 0; !left.isEmpty() && tries < CROSSINGS_PER_FAULT; tries++) {
          List<Injection> happened = cross(crossing, saboteur, left);
          done.addAll(happened);
          left.removeAll(happened);
          left.replaceAll(Injection::atFirstCall);
        }
      }
    }
    return done;
  }

  /** Answers the injections whose call came. */
  private static List<Injection> cross(
      SmallCrossing crossing, Saboteur saboteur, List<Injection> injections) {
    try {
      List<Failure> ends = crossing.run(injections);
      List<Injection> happened = new ArrayList<>(injections);
      happened.removeAll(saboteur.waiting());
      assertThat(ends).allMatch(end -> end.kind() == FailureKind.BUG);
      assertThat(ends.size())
          .isLessThanOrEqualTo(
              (int) happened.stream().filter(one -> one.fault() == Fault.BUG).count());
      crossing.requireExact();
      return happened;
    } catch (AssertionError | Exception e) {
      throw new AssertionError("With " + injections, e);
    }
  }
}
