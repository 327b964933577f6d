package nl.veer.control.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.postgres.PostgresCarriedTypes;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresPreflight;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource.RefusedColumn;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;

/** What cannot be carried exactly is refused by name, before anything is made or read. */
class RefusedTypesIT {
  private static final TableId TABLE = new TableId("public", "t");

  /** Types that are refused for what is inside them, and the words that say so. */
  private static final Map<String, String> MADE_OF_REFUSED =
      Map.of(
          "regclass[]", "the elements of regclass[]: regclass (it is the number of an object",
          "documents", "the base type of documents: xml (the server sends",
          "documents[]", "the elements of documents[]: the base type of documents: xml",
          "titled", "field \"The body\" of titled: xml",
          "titles", "the bounds of titles: field \"The body\" of titled: xml",
          "titles_multirange", "the bounds of titles_multirange: field \"The body\" of titled: xml",
          "holder", "field t of holder: the elements of titled[]: field \"The body\" of titled",
          "own", "own (it is not among the types");

  private static final String[] DDL = {
    "CREATE DOMAIN documents AS xml",
    "CREATE TYPE titled AS (title text, \"The body\" xml)",
    "CREATE TYPE titles AS RANGE (subtype = titled)",
    "CREATE TYPE holder AS (a int, t titled[])",
    "CREATE TYPE own",
    "CREATE FUNCTION own_in(cstring) RETURNS own LANGUAGE internal IMMUTABLE STRICT AS 'int4in'",
    "CREATE FUNCTION own_out(own) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out'",
    "CREATE TYPE own (INPUT = own_in, OUTPUT = own_out, LIKE = int4)",
    "CREATE SCHEMA ext",
    "CREATE EXTENSION seg SCHEMA ext"
  };

  @Test
  void checkNamesEveryColumnOfSuchATypeWithTheReason() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(DDL)) {
      // A name alone does not make a type that of the extension.
      world.onSource(
          "CREATE TYPE citext",
          "CREATE FUNCTION citext_in(cstring) RETURNS citext LANGUAGE internal IMMUTABLE STRICT"
              + " AS 'textin'",
          "CREATE FUNCTION citext_out(citext) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT"
              + " AS 'textout'",
          "CREATE TYPE citext (INPUT = citext_in, OUTPUT = citext_out, LIKE = text)",
          "CREATE DOMAIN own_citext AS citext");
      Map<String, String> expected = new TreeMap<>(MADE_OF_REFUSED);
      expected.put("own_citext", "the base type of own_citext: citext (it is not among the types");
      PostgresCarriedTypes.refused()
          .forEach((type, reason) -> expected.put(type, type + " (" + reason + ")"));
      PostgresCarriedTypes.refusedOfExtensions()
          .forEach((type, reason) -> expected.put("ext." + type, type + " (" + reason + ")"));
      List<String> types = new ArrayList<>(expected.keySet());
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        columns.add("c" + i + " " + types.get(i));
      }
      world.onSource("CREATE TABLE t (id int PRIMARY KEY, " + String.join(", ", columns) + ")");

      Map<String, String> refused;
      try (Connection source = world.source()) {
        refused =
            PostgresPreflight.source(source, Set.of(TABLE)).refusedTypes().stream()
                .collect(Collectors.toMap(RefusedColumn::column, RefusedColumn::reason));
      }

      assertThat(refused).hasSameSizeAs(types);
      for (int i = 0; i < types.size(); i++) {
        assertThat(refused.get("c" + i)).as(types.get(i)).contains(expected.get(types.get(i)));
      }
    }
  }

  @Test
  void runEndsBeforeItMakesAnything() throws Exception {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, v xml)")) {
      world.onSource("INSERT INTO t VALUES (1, '<?xml version=\"1.0\"?>\n<a/>')");

      Failure failure = world.begin(Role.RUN).awaitFailure();

      assertThat(failure.code()).isEqualTo("COLUMN_TYPE");
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("public.t.v").hasMessageContaining("xml");
      assertThat(
              world.sourceText(
                  "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '%s'"
                      .formatted(world.wave.slot())))
          .isEqualTo("0");
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  @Test
  void aColumnThatComesLaterStopsTheCaptureBeforeItsFirstValue() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TYPE late AS (a int, b regclass)", "CREATE TABLE t (id int PRIMARY KEY)")) {
      Crossing crossing = world.cross();
      world.onBoth("ALTER TABLE t ADD v late");
      world.onSource("INSERT INTO t VALUES (1, '(1,pg_class)')");

      Failure failure = crossing.awaitCaptureFailure();

      assertThat(failure.code()).as(failure.getMessage()).isEqualTo("COLUMN_TYPE");
      assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
      assertThat(failure).hasMessageContaining("field b of late: regclass");
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  /** Debezium 3.6.1 reads every type of the database, and takes a domain over an enum for one. */
  @Test
  void runEndsWhereADomainOverAnEnumKeepsDebeziumFromStarting() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TYPE mood AS ENUM ('sad')",
            "CREATE DOMAIN \"a mood\" AS mood",
            "CREATE TABLE t (id int PRIMARY KEY)")) {
      Failure failure = world.begin(Role.RUN).awaitFailure();

      assertThat(failure.code()).isEqualTo("SOURCE_TYPE");
      assertThat(failure).hasMessageContaining("enum").hasMessageContaining("\"a mood\"");
    }
  }

  @Test
  void aLoadRefusesToReadIt() throws Exception {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, v xml)")) {
      PostgresLoad load = new PostgresLoad();
      try (Connection connection = world.source()) {
        List<SourceTable> tables = load.tables(connection, List.of(TABLE));

        assertThatThrownBy(() -> load.snapshot(connection, tables))
            .isInstanceOfSatisfying(
                Failure.class, failure -> assertThat(failure.code()).isEqualTo("COLUMN_TYPE"));
      }
    }
  }

  /** The cast would be used in the place of the type's own input function. */
  @Test
  void aTypeWithACastOfSomebodysOwnFromTextStopsTheApply() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TYPE mood AS ENUM ('sad', 'ok')",
            "CREATE FUNCTION cheer(text) RETURNS mood LANGUAGE sql AS $$ SELECT 'ok'::mood $$",
            "CREATE CAST (text AS mood) WITH FUNCTION cheer(text)",
            "CREATE TABLE t (id int PRIMARY KEY, v mood)")) {
      Crossing crossing = world.begin(Role.RUN);
      crossing.awaitIncident("TYPE_CAST");

      world.onTarget("DROP CAST (text AS mood)");

      crossing.awaitReplicating();
      world.onSource("INSERT INTO t VALUES (1, 'sad')");
      crossing.awaitEqual();
      assertThat(world.targetText("SELECT v FROM t")).isEqualTo("sad");
    }
  }
}
