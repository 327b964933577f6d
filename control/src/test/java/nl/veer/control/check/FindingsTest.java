package nl.veer.control.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import nl.veer.connectors.dialect.ColumnSchema;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.postgres.ForeignKey;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.RefusedColumn;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.Relation;
import nl.veer.connectors.dialect.postgres.PostgresPreflightTarget;
import nl.veer.connectors.dialect.postgres.SequenceUse;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.KafkaPreflight;
import nl.veer.connectors.log.TopicConfig;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final WaveId WAVE = new WaveId("shop", "main");
  private static final TableId ORDERS = new TableId("public", "orders");
  private static final Relation GOOD =
      new Relation(ORDERS, ORDERS, ReplicaIdentity.DEFAULT, true, false, true, true);

  @Test
  void aGoodSourceHasNoFinding() {
    assertThat(of(source("logical", 10, true, GOOD))).isEmpty();
  }

  @Test
  void walLevelIsMendedBySql() {
    assertThat(of(source("replica", 10, true, GOOD)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("WAL_LEVEL");
              assertThat(finding.remedy()).startsWith("ALTER SYSTEM SET wal_level = logical;");
            });
  }

  @Test
  void aSlotTooFewNamesTheNumberThatIsNeeded() {
    assertThat(of(source("logical", 1, true, GOOD)))
        .extracting(Finding::code, Finding::remedy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "SLOTS", "ALTER SYSTEM SET max_replication_slots = 2; -- then restart the server"));
  }

  @Test
  void aRoleWithoutReplicationIsNamed() {
    assertThat(of(source("logical", 10, false, GOOD)))
        .extracting(Finding::remedy)
        .containsExactly("ALTER ROLE \"veer\" REPLICATION;");
  }

  @Test
  void aTableWithoutKeyAndIdentityIsMendedByFull() {
    Relation blind =
        new Relation(ORDERS, ORDERS, ReplicaIdentity.DEFAULT, false, false, true, true);

    assertThat(of(source("logical", 10, true, blind)))
        .extracting(Finding::remedy)
        .containsExactly("ALTER TABLE \"public\".\"orders\" REPLICA IDENTITY FULL;");
  }

  @Test
  void aPartitionThatSaysNothingIsNamedItself() {
    TableId leaf = new TableId("public", "orders_1");
    Relation blind = new Relation(ORDERS, leaf, ReplicaIdentity.NOTHING, true, false, true, true);

    assertThat(of(source("logical", 10, true, GOOD, blind)))
        .extracting(Finding::subject)
        .containsExactly("public.orders_1");
  }

  @Test
  void aTableWithoutAKeyButFullIdentityIsOnlySlow() {
    Relation full = new Relation(ORDERS, ORDERS, ReplicaIdentity.FULL, false, false, true, true);

    assertThat(of(source("logical", 10, true, full)))
        .extracting(Finding::severity, Finding::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Severity.WARNING, "NO_KEY"));
  }

  @Test
  void everyDifferenceOfTheSchemasIsNamed() {
    TableSchema source =
        table(
            List.of("id"),
            column("id", "bigint", false, true),
            column("total", "numeric(12,2)", false, false),
            column("note", "text", false, false),
            column("sum", "numeric", true, false));
    TableSchema target =
        table(
            List.of(),
            column("id", "bigint", false, false),
            column("total", "numeric(10,2)", false, false),
            column("sum", "numeric", false, false),
            column("extra", "text", false, false));

    assertThat(SchemaFindings.of(List.of(source), List.of(target)))
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(
            "IDENTITY_DIFFERS",
            "TYPE_DIFFERS",
            "COLUMN_MISSING",
            "GENERATED_DIFFERS",
            "COLUMN_SURPLUS",
            "KEY_MISSING");
  }

  @Test
  void aMissingTableIsNamed() {
    assertThat(SchemaFindings.of(List.of(table(List.of())), List.of()))
        .extracting(Finding::code, Finding::subject)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("TABLE_MISSING", "public.orders"));
  }

  @Test
  void rowsOnTheTargetAreAnErrorUnlessALoadPutThemThere() {
    PostgresPreflightTarget target =
        new PostgresPreflightTarget(
            170_000,
            false,
            true,
            true,
            true,
            0,
            Map.of(ORDERS, new PostgresPreflightTarget.Table(List.of(), false)));

    assertThat(TargetFindings.of(target, "veer", Set.of()))
        .extracting(Finding::code)
        .containsExactly("NOT_EMPTY");
    assertThat(TargetFindings.of(target, "veer", Set.of(ORDERS))).isEmpty();
  }

  @Test
  void aTargetThatWouldFireTriggersIsAnError() {
    PostgresPreflightTarget target =
        new PostgresPreflightTarget(170_000, false, true, false, true, 0, Map.of());

    assertThat(TargetFindings.of(target, "veer", Set.of()))
        .extracting(Finding::remedy)
        .allSatisfy(remedy -> assertThat(remedy).startsWith("GRANT SET ON PARAMETER"));
  }

  @Test
  void aLogThatCouldLoseRecordsIsAnError() {
    KafkaPreflight kafka =
        new KafkaPreflight(
            3,
            OptionalLong.empty(),
            List.of(
                new KafkaPreflight.Topic(
                    WAVE.logTopic(),
                    1,
                    3,
                    Map.of("cleanup.policy", "compact", "retention.ms", "-1"))));

    assertThat(KafkaFindings.of(kafka, new TopicConfig(3, 2)))
        .extracting(Finding::message)
        .containsExactly("cleanup.policy is compact, which could lose part of the log.");
  }

  @Test
  void brokersAndTopicsThatTakeLessThanTheLargestRecordAreErrors() {
    KafkaPreflight kafka =
        new KafkaPreflight(
            3,
            OptionalLong.of(100 << 20),
            List.of(
                new KafkaPreflight.Topic(
                    WAVE.logTopic(), 1, 3, Map.of("max.message.bytes", "1048588"))));

    assertThat(KafkaFindings.of(kafka, new TopicConfig(3, 2)))
        .extracting(Finding::code)
        .containsExactly("TOPIC_TOO_SMALL");
    assertThat(KafkaFindings.of(kafka, new TopicConfig(3, 2, 200 << 20)))
        .extracting(Finding::code)
        .containsExactly("BROKER_TOO_SMALL", "TOPIC_TOO_SMALL");
  }

  @Test
  void moreCopiesThanBrokersAreAnError() {
    assertThat(
            KafkaFindings.of(
                new KafkaPreflight(1, OptionalLong.empty(), List.of()), new TopicConfig(3, 2)))
        .extracting(Finding::code)
        .containsExactly("BROKERS");
  }

  @Test
  void aTypeThatCannotBeCarriedIsNamedWithItsReason() {
    PostgresPreflightSource source =
        source(
            "logical",
            10,
            true,
            List.of(new RefusedColumn(ORDERS, "price", "money is locale-bound")),
            GOOD);

    assertThat(of(source))
        .extracting(Finding::subject, Finding::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "public.orders.price", "It cannot be carried exactly: money is locale-bound."));
  }

  @Test
  void aForeignKeyBetweenTwoWavesNamesBoth() {
    TableId lines = new TableId("public", "lines");
    TableId loose = new TableId("public", "loose");
    AcrossWaves across =
        new AcrossWaves(
            Map.of(WAVE, List.of(ORDERS), new WaveId("shop", "second"), List.of(lines)));

    assertThat(
            across.foreignKeys(
                List.of(
                    new ForeignKey("lines_order", lines, ORDERS),
                    new ForeignKey("orders_parent", ORDERS, ORDERS),
                    new ForeignKey("loose_order", loose, ORDERS),
                    new ForeignKey("loose_parent", loose, loose))))
        .extracting(Finding::code, Finding::subject, Finding::message)
        .satisfiesExactly(
            crossing ->
                assertThat(crossing.toList().toString())
                    .contains(
                        "FOREIGN_KEY_ACROSS_WAVES, public.lines.lines_order",
                        "public.lines, of wave second, refers to table public.orders, of wave main"),
            outside ->
                assertThat(outside.toList().toString())
                    .contains("public.loose.loose_order", "public.loose, in no wave"));
  }

  @Test
  void aSequenceThatWavesShareIsNamedAndOneOfASingleWaveIsNot() {
    TableId lines = new TableId("public", "lines");
    AcrossWaves across =
        new AcrossWaves(
            Map.of(WAVE, List.of(ORDERS), new WaveId("shop", "second"), List.of(lines)));

    assertThat(
            across.sequences(
                List.of(
                    new SequenceUse("public", "numbers", List.of(lines, ORDERS)),
                    new SequenceUse("public", "orders_id_seq", List.of(ORDERS)),
                    new SequenceUse("public", "nobodys", List.of()),
                    new SequenceUse("elsewhere", "nobodys", List.of()))))
        .extracting(Finding::subject, Finding::message)
        .satisfiesExactly(
            shared ->
                assertThat(shared.toList().toString())
                    .contains(
                        "public.numbers",
                        "public.orders of wave main; public.lines of wave second"),
            nobodys ->
                assertThat(nobodys.toList().toString())
                    .contains("public.nobodys", "waves main, second"));
  }

  private static List<Finding> of(PostgresPreflightSource source) {
    return SourceFindings.of(source, "veer", Set.of(WAVE));
  }

  private static PostgresPreflightSource source(
      String walLevel, int slots, boolean replication, Relation... relations) {
    return source(walLevel, slots, replication, List.of(), relations);
  }

  private static PostgresPreflightSource source(
      String walLevel,
      int slots,
      boolean replication,
      List<RefusedColumn> refused,
      Relation... relations) {
    return new PostgresPreflightSource(
        170_000,
        false,
        true,
        walLevel,
        slots,
        10,
        0,
        "-1",
        false,
        replication,
        true,
        0,
        Map.of("other", "active"),
        List.of(relations),
        refused,
        List.of(),
        false);
  }

  private static TableSchema table(List<String> key, ColumnSchema... columns) {
    return new TableSchema(ORDERS, List.of(columns), key, ReplicaIdentity.DEFAULT, false);
  }

  private static ColumnSchema column(
      String name, String type, boolean generated, boolean identity) {
    return new ColumnSchema(name, type, false, generated, identity);
  }
}
