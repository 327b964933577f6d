package nl.veer.control.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.Relation;
import nl.veer.connectors.dialect.postgres.PostgresPreflightTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.gate.Fact.Known;
import nl.veer.control.gate.Fact.NotKnown;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import org.junit.jupiter.api.Test;

/** Whether there is a way back, a fence, and a rehearsal. */
class WayBackPredicatesTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final TableId ORDERS = new TableId("shop", "orders");
  private static final DatabaseEndpoint DATABASE =
      new DatabaseEndpoint("jdbc:postgresql://db/shop", "veer", new Secret(""), Map.of());
  private static final WaveId WAVE = new WaveId("shop", "main");
  private static final GateSide SIDE =
      new GateSide(
          WAVE,
          WAVE,
          0,
          new SourceConnections(DATABASE),
          new TargetConnections(DATABASE),
          new TargetConnections(DATABASE),
          List.of(ORDERS));

  @Test
  void holdsWhereThereIsRoomAndRight() {
    Map<String, PredicateState> states = states(facts(room(2, Map.of("a", "active"), 9)), true);

    assertThat(states.values()).allSatisfy(one -> assertThat(one).isInstanceOf(Holds.class));
  }

  @Test
  void theWayBackNeedsASlotAndASender() {
    assertThat(slots(room(1, Map.of("a", "active"), 9)))
        .isEqualTo("no replication slot is free on the passive side (1)");
    assertThat(slots(room(2, Map.of("a", "active"), 0)))
        .isEqualTo("no WAL sender is free on the passive side (10)");
  }

  private static String slots(PostgresPreflightSource passive) {
    PredicateState state =
        Objects.requireNonNull(states(facts(passive), true).get("reverse-slots"));
    assertThat(state).isInstanceOf(Shut.class);
    return state.value();
  }

  @Test
  void aSlotThatTheWayBackHasAlreadyNeedsNoRoom() {
    assertThat(
            states(facts(room(1, Map.of("veer_shop__1main", "active"), 0)), true)
                .get("reverse-slots"))
        .isInstanceOf(Holds.class);
  }

  @Test
  void theEchoOfTheWayBackNeedsRoomOnTheActiveSide() {
    PostgresPreflightSource full = room(1, Map.of("a", "active"), 9);
    WayBackFacts facts =
        new WayBackFacts(
            room(9, Map.of(), 9), full, written(List.of(), true), Set.of(), Set.of(), true);

    assertThat(
            Objects.requireNonNull(states(new Known<>(facts), true).get("reverse-slots")).value())
        .isEqualTo("no replication slot is free on the active side (1)");
    assertThat(states(new Known<>(facts), false).get("reverse-slots"))
        .as("without a ledger there is no echo")
        .isInstanceOf(Holds.class);
  }

  @Test
  void everyRightThatIsMissingIsNamedWithItsGrant() {
    WayBackFacts facts =
        new WayBackFacts(
            source(9, Map.of(), 9, false, false),
            room(9, Map.of(), 9),
            written(List.of("UPDATE", "DELETE"), false),
            Set.of("shop"),
            Set.of(),
            false);

    PredicateState state =
        Objects.requireNonNull(states(new Known<>(facts), true).get("reverse-rights"));

    assertThat(state.value())
        .startsWith("on the active side, role veer may not use the schema shop")
        .endsWith("and 4 more");
    assertThat(((Shut) state).remedy()).contains("GRANT USAGE ON SCHEMA \"shop\" TO \"veer\";");
  }

  @Test
  void aRightToWriteThatIsMissingShutsIt() {
    WayBackFacts facts =
        new WayBackFacts(
            room(9, Map.of(), 9),
            room(9, Map.of(), 9),
            written(List.of("UPDATE"), true),
            Set.of(),
            Set.of(),
            true);

    assertThat(states(new Known<>(facts), true).get("reverse-rights"))
        .isEqualTo(
            new Shut(
                "on the active side, role veer lacks UPDATE of shop.orders",
                "GRANT UPDATE ON \"shop\".\"orders\" TO \"veer\";",
                null));
  }

  @Test
  void whatCouldNotBeReadIsNotKnown() {
    assertThat(states(new NotKnown<>("away"), true).values())
        .allSatisfy(one -> assertThat(one).isInstanceOf(Unknown.class));
  }

  @Test
  void aRehearsalMustBeYoungAndItsOutageWithinTheBudget() {
    assertThat(rehearsed(Optional.empty()).value()).isEqualTo("never");
    assertThat(rehearsed(rehearsal(Duration.ofDays(7), 10_000))).isInstanceOf(Holds.class);
    assertThat(rehearsed(rehearsal(Duration.ofDays(7).plusSeconds(1), 1))).isInstanceOf(Shut.class);
    assertThat(rehearsed(rehearsal(Duration.ofHours(1), 10_001))).isInstanceOf(Shut.class);
  }

  private static Optional<Rehearsal> rehearsal(Duration age, long outage) {
    return Optional.of(new Rehearsal(NOON.minus(age), Duration.ofMillis(outage)));
  }

  private static PredicateState rehearsed(Optional<Rehearsal> last) {
    return RehearsalPredicate.of(new Known<>(new Rehearsed(last, NOON)), CutoverConfig.standard())
        .state();
  }

  @Test
  void aFenceIsShutByWhatIsInItsWay() {
    assertThat(FencePredicate.of(new Known<>(List.of()), CutoverConfig.standard()).state())
        .isEqualTo(new Holds("fence: trigger"));
    assertThat(
            FencePredicate.of(new Known<>(List.of("GRANT x;")), CutoverConfig.standard()).state())
        .isEqualTo(new Shut("fence: trigger, in the way: 1", "GRANT x;", null));
  }

  private static Fact<WayBackFacts> facts(PostgresPreflightSource passive) {
    return new Known<>(
        new WayBackFacts(
            passive, room(9, Map.of(), 9), written(List.of(), true), Set.of(), Set.of(), true));
  }

  private static PostgresPreflightTarget written(List<String> missing, boolean may) {
    return new PostgresPreflightTarget(
        160_000,
        false,
        true,
        may,
        may,
        0,
        Map.of(ORDERS, new PostgresPreflightTarget.Table(missing, false)));
  }

  private static PostgresPreflightSource room(
      int maxSlots, Map<String, String> slots, int freeSenders) {
    return source(maxSlots, slots, freeSenders, true, true);
  }

  private static PostgresPreflightSource source(
      int maxSlots,
      Map<String, String> slots,
      int freeSenders,
      boolean mayReplicate,
      boolean mayPublish) {
    return new PostgresPreflightSource(
        160_000,
        false,
        true,
        "logical",
        maxSlots,
        10,
        10 - freeSenders,
        "-1",
        false,
        mayReplicate,
        true,
        0,
        slots,
        List.of(
            new Relation(ORDERS, ORDERS, ReplicaIdentity.DEFAULT, true, false, true, mayPublish)),
        List.of(),
        List.of(),
        false);
  }

  private static Map<String, PredicateState> states(Fact<WayBackFacts> facts, boolean ledger) {
    Map<String, PredicateState> states = new HashMap<>();
    new WayBackPredicates(SIDE, ledger)
        .of(facts)
        .forEach(one -> states.put(one.name(), one.state()));
    return states;
  }
}
