package nl.veer.control.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresConstraint;
import nl.veer.connectors.dialect.postgres.PostgresConstraint.Kind;
import nl.veer.connectors.dialect.postgres.PostgresDefinitions;
import nl.veer.connectors.dialect.postgres.PostgresIndex;
import nl.veer.connectors.dialect.postgres.PostgresSurroundings;
import nl.veer.connectors.dialect.postgres.PostgresTrigger;
import nl.veer.connectors.dialect.postgres.PostgresTrigger.Firing;
import nl.veer.connectors.event.TableId;
import nl.veer.control.gate.Fact.Known;
import nl.veer.control.gate.Fact.NotKnown;
import nl.veer.control.gate.PredicateState.Holds;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import org.junit.jupiter.api.Test;

/** What must be on the passive side as it is on the active. */
class DefinitionsTest {
  private static final TableId ORDERS = new TableId("shop", "orders");
  private static final TableId CUSTOMERS = new TableId("shop", "customers");
  private static final TableId OUTSIDE = new TableId("shop", "outside");
  private static final Set<TableId> WAVE = Set.of(ORDERS, CUSTOMERS);
  private static final PostgresConstraint CHECK = constraint(Kind.CHECK, null, true, true);
  private static final PostgresConstraint KEY = constraint(Kind.FOREIGN_KEY, CUSTOMERS, true, true);
  private static final PostgresConstraint AWAY = constraint(Kind.FOREIGN_KEY, OUTSIDE, true, true);
  private static final PostgresTrigger TRIGGER = trigger(Firing.ORIGIN, "body");
  private static final PostgresIndex UNIQUE = index(true, true);

  @Test
  void aConstraintMustBeThereAndValidated() {
    PostgresConstraint unchecked = constraint(Kind.CHECK, null, false, true);

    assertThat(constraints(List.of(CHECK), List.of(CHECK))).isInstanceOf(Holds.class);
    assertThat(constraints(List.of(CHECK), List.of()).value())
        .contains("c of shop.orders is missing");
    assertThat(constraints(List.of(CHECK), List.of(unchecked)))
        .isEqualTo(
            new Shut(
                "c of shop.orders is not validated",
                "ALTER TABLE \"shop\".\"orders\" VALIDATE CONSTRAINT \"c\";",
                null));
    assertThat(constraints(List.of(unchecked), List.of(unchecked)))
        .as("it is on the active side as it is here")
        .isInstanceOf(Holds.class);
    assertThat(constraints(List.of(), List.of(unchecked))).isInstanceOf(Holds.class);
  }

  @Test
  void aForeignKeyIsProvenByTheSameOneBetweenEqualTables() {
    assertThat(ForeignKeyProof.unproven(of(KEY), of(KEY), WAVE)).isEmpty();
    assertThat(ForeignKeyProof.unproven(of(), of(KEY), WAVE)).containsExactly(KEY);
    assertThat(
            ForeignKeyProof.unproven(
                of(constraint(Kind.FOREIGN_KEY, CUSTOMERS, false, true)), of(KEY), WAVE))
        .as("the active side has not checked it either")
        .containsExactly(KEY);
    assertThat(
            ForeignKeyProof.unproven(
                of(constraint(Kind.FOREIGN_KEY, CUSTOMERS, true, false)), of(KEY), WAVE))
        .as("its triggers are off there")
        .containsExactly(KEY);
    assertThat(ForeignKeyProof.unproven(of(AWAY), of(AWAY), WAVE))
        .as("the other table's rows are not this wave's")
        .containsExactly(AWAY);
  }

  @Test
  void aForeignKeyThatNothingProvesIsCountedAndNeverTakenForWell() {
    Map<PostgresConstraint, Fact<Long>> counts = new HashMap<>();
    assertThat(constraints(List.of(), List.of(KEY), counts)).isInstanceOf(Unknown.class);
    counts.put(KEY, new NotKnown<>("too slow"));
    assertThat(constraints(List.of(), List.of(KEY), counts))
        .isInstanceOf(Unknown.class)
        .satisfies(state -> assertThat(state.value()).contains("too slow"));
    counts.put(KEY, new Known<>(0L));
    assertThat(constraints(List.of(), List.of(KEY), counts)).isInstanceOf(Holds.class);
    counts.put(KEY, new Known<>(3L));
    assertThat(constraints(List.of(), List.of(KEY), counts))
        .isInstanceOf(Shut.class)
        .satisfies(state -> assertThat(state.value()).contains("3 rows refer to nothing"));
  }

  @Test
  void aForeignKeyWhoseTriggersAreOffIsNotEnforced() {
    assertThat(
            constraints(
                List.of(KEY), List.of(constraint(Kind.FOREIGN_KEY, CUSTOMERS, true, false))))
        .isInstanceOf(Shut.class)
        .satisfies(state -> assertThat(state.value()).contains("its triggers are off"));
  }

  @Test
  void foreignKeysThatCrossWavesAreNamedInBothDirections() {
    PostgresConstraint into =
        new PostgresConstraint(
            OUTSIDE,
            Kind.FOREIGN_KEY,
            "into",
            "FOREIGN KEY",
            true,
            true,
            ORDERS,
            List.of("a"),
            List.of("b"),
            false);
    assertThat(across(of(KEY))).isEqualTo(new Holds("none"));
    assertThat(across(of(AWAY)).value()).isEqualTo("c of shop.orders refers to shop.outside");
    assertThat(across(of(into)).value()).isEqualTo("into of shop.outside refers to shop.orders");
  }

  @Test
  void aTriggerMustFireThereAsItDoesHere() {
    PostgresTrigger off = trigger(Firing.DISABLED, "body");
    assertThat(triggers(List.of(TRIGGER), List.of(TRIGGER))).isInstanceOf(Holds.class);
    assertThat(triggers(List.of(TRIGGER), List.of()).value()).contains("is missing");
    assertThat(triggers(List.of(TRIGGER), List.of(off)).value()).contains("is off");
    assertThat(triggers(List.of(TRIGGER), List.of(trigger(Firing.REPLICA, "body"))).value())
        .as("for users it does not fire")
        .contains("is off");
    assertThat(triggers(List.of(off), List.of(TRIGGER)).value()).contains("off on the active side");
    assertThat(triggers(List.of(off), List.of(off))).isInstanceOf(Holds.class);
    assertThat(triggers(List.of(TRIGGER), List.of(trigger(Firing.ORIGIN, "other"))))
        .as("named, for a function may be another on purpose")
        .isEqualTo(new Holds("1 as on the active side; the function of t of shop.orders differs"));
    assertThat(triggers(List.of(), List.of(TRIGGER)).value()).contains("is only there");
  }

  @Test
  void indexesMustBeValidAndUniqueOnesThere() {
    PostgresIndex plain = index(false, true);
    assertThat(indexes(List.of(UNIQUE), List.of(UNIQUE))).isInstanceOf(Holds.class);
    assertThat(indexes(List.of(UNIQUE), List.of()))
        .isInstanceOf(Shut.class)
        .satisfies(
            state -> assertThat(state.value()).contains("unique i of shop.orders is missing"));
    assertThat(indexes(List.of(plain), List.of()).value()).contains("without plain ones: i");
    assertThat(indexes(List.of(), List.of(index(false, false))).value()).contains("is invalid");
  }

  @Test
  void settingsAreShutByWhatBreaksAndNameWhatDiffers() {
    PostgresSurroundings here = server("UTF8", "libc en_US.UTF-8", Map.of("postgis", "3.4"), 200);
    assertThat(settings(here, server("UTF8", "libc en_US.utf8", Map.of("postgis", "3.4"), 300)))
        .isEqualTo(new Holds("as on the active side"));
    assertThat(settings(here, server("UTF8", "libc en_US.UTF-8", Map.of(), 200)).value())
        .isEqualTo("extension postgis is missing");
    assertThat(settings(here, server("LATIN1", "libc en_US.UTF-8", here.extensions(), 200)))
        .isInstanceOf(Shut.class);
    assertThat(settings(here, server("UTF8", "icu en-US", here.extensions(), 200)).value())
        .contains("text is sorted by icu en-US", "shop.orders");
    assertThat(settings(here, server("UTF8", here.locale(), Map.of("postgis", "3.5"), 100)))
        .isEqualTo(
            new Holds(
                "differs: extension postgis is 3.5, not 3.4, max_connections is 100, not 200"));
  }

  @Test
  void sessionsThatBeginOtherwiseAreNamedAndTransactionsThatCannotBePreparedShutIt() {
    assertThat(settings(beginning("off", "5"), beginning("on", "9")))
        .isEqualTo(
            new Holds(
                "differs: default_transaction_read_only is on, not off,"
                    + " max_prepared_transactions is 9, not 5"));
    assertThat(settings(beginning("off", "5"), beginning("off", "0")))
        .isInstanceOf(Shut.class)
        .satisfies(
            state -> assertThat(state.value()).isEqualTo("max_prepared_transactions is 0, not 5"));
    assertThat(settings(beginning("off", "0"), beginning("off", "0"))).isInstanceOf(Holds.class);
  }

  @Test
  void aUsersOwnSettingMayBeASecretAndIsNotShown() {
    PostgresSurroundings here =
        new PostgresSurroundings(
            160_000, "UTF8", "libc C", "C", 100, Map.of(), Map.of("app.key", "hush"));

    assertThat(settings(here, beginning("off", "0")).value())
        .isEqualTo("differs: app.key is not set");
  }

  private static PostgresSurroundings beginning(String readOnly, String prepared) {
    return new PostgresSurroundings(
        160_000,
        "UTF8",
        "libc C",
        "C",
        100,
        Map.of(),
        Map.of("default_transaction_read_only", readOnly, "max_prepared_transactions", prepared));
  }

  private static PostgresSurroundings server(
      String encoding, String locale, Map<String, String> extensions, int connections) {
    return new PostgresSurroundings(
        160_000, encoding, locale, "C", connections, extensions, Map.of());
  }

  private static PredicateState settings(
      PostgresSurroundings active, PostgresSurroundings passive) {
    DefinitionFacts keys =
        new DefinitionFacts(
            new PostgresDefinitions(List.of(), List.of(UNIQUE), List.of()), of(), Map.of());
    return new SettingsPredicate(WAVE)
        .of(new Known<>(new ServerFacts(active, passive)), new Known<>(keys))
        .state();
  }

  private static PostgresConstraint constraint(
      Kind kind,
      @org.jspecify.annotations.Nullable TableId references,
      boolean validated,
      boolean enforced) {
    List<String> columns = references == null ? List.of() : List.of("a");
    return new PostgresConstraint(
        ORDERS,
        kind,
        "c",
        "definition of " + references,
        validated,
        enforced,
        references,
        columns,
        columns,
        false);
  }

  private static PostgresTrigger trigger(Firing firing, String body) {
    return new PostgresTrigger(ORDERS, "t", "CREATE TRIGGER t", firing, body);
  }

  private static PostgresIndex index(boolean unique, boolean valid) {
    return new PostgresIndex(ORDERS, "i", "CREATE INDEX ON …", unique, valid, false, true);
  }

  private static PostgresDefinitions of(PostgresConstraint... constraints) {
    return new PostgresDefinitions(List.of(constraints), List.of(), List.of());
  }

  private static PredicateState constraints(
      List<PostgresConstraint> active, List<PostgresConstraint> passive) {
    return constraints(active, passive, Map.of());
  }

  private static PredicateState constraints(
      List<PostgresConstraint> active,
      List<PostgresConstraint> passive,
      Map<PostgresConstraint, Fact<Long>> counts) {
    return state(
        new ConstraintPredicates(WAVE)
            .of(
                new Known<>(
                    new DefinitionFacts(
                        new PostgresDefinitions(active, List.of(), List.of()),
                        new PostgresDefinitions(passive, List.of(), List.of()),
                        counts))),
        PredicateName.CONSTRAINTS);
  }

  private static PredicateState across(PostgresDefinitions active) {
    return state(
        new ConstraintPredicates(WAVE).of(new Known<>(new DefinitionFacts(active, of(), Map.of()))),
        PredicateName.FOREIGN_KEYS_ACROSS_WAVES);
  }

  private static PredicateState state(List<Predicate> all, PredicateName name) {
    List<Predicate> found = new ArrayList<>(all);
    found.removeIf(one -> !one.name().equals(name.text()));
    assertThat(found).hasSize(1);
    return found.get(0).state();
  }

  private static PredicateState triggers(
      List<PostgresTrigger> active, List<PostgresTrigger> passive) {
    return new TriggerPredicate(WAVE)
        .of(
            new Known<>(
                new DefinitionFacts(
                    new PostgresDefinitions(List.of(), List.of(), active),
                    new PostgresDefinitions(List.of(), List.of(), passive),
                    Map.of())))
        .state();
  }

  private static PredicateState indexes(List<PostgresIndex> active, List<PostgresIndex> passive) {
    return new IndexPredicate(WAVE)
        .of(
            new Known<>(
                new DefinitionFacts(
                    new PostgresDefinitions(List.of(), active, List.of()),
                    new PostgresDefinitions(List.of(), passive, List.of()),
                    Map.of())))
        .state();
  }
}
