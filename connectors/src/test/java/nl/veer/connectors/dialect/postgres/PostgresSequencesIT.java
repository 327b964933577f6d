package nl.veer.connectors.dialect.postgres;

import static nl.veer.connectors.dialect.postgres.FenceWorld.execute;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sequences carried from one database to another of a real server. */
class PostgresSequencesIT {
  private static final List<String> SCHEMAS = List.of("public", "Odd \"Schema");
  private static final String MAX = "9223372036854775807";

  private static final String SEQUENCES =
      """
      CREATE TABLE t (id serial, ident bigint GENERATED ALWAYS AS IDENTITY, tiny smallserial);
      CREATE SEQUENCE alone;
      CREATE SEQUENCE cached CACHE 50;
      CREATE SEQUENCE down INCREMENT -3 MINVALUE -1000 MAXVALUE -1 START -1;
      CREATE SEQUENCE wheel MINVALUE 10 MAXVALUE 20 INCREMENT 4 CYCLE;
      CREATE SEQUENCE wheel_down MINVALUE 10 MAXVALUE 20 INCREMENT -4 CYCLE;
      CREATE SEQUENCE untouched START 500;
      CREATE SEQUENCE huge START 9223372036854775000;
      CREATE SEQUENCE lowest INCREMENT -1 MINVALUE -9223372036854775808 START -9223372036854775000;
      CREATE SEQUENCE spent MAXVALUE 5;
      CREATE SCHEMA "Odd ""Schema";
      CREATE SEQUENCE "Odd ""Schema"."Odd 'Name" START 7;
      """;

  private static SandboxPostgres server;
  private static int databases;

  private Connection active;
  private Connection passive;

  @BeforeAll
  static void startServer() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void makeSides() throws SQLException {
    active = side();
    passive = side();
  }

  private static Connection side() throws SQLException {
    String name = "side" + ++databases;
    server.createDatabase(name);
    Connection side = server.connect(name);
    execute(side, SEQUENCES);
    return side;
  }

  @AfterEach
  void endSessions() throws SQLException {
    active.close();
    passive.close();
  }

  @Test
  void readsWhateverThereIs() throws SQLException {
    execute(active, "CREATE TEMP SEQUENCE passing");
    draw(active, "alone", 3);
    draw(active, "cached", 3);

    Map<String, Sequence> sequences = read(active);

    assertThat(sequences.keySet())
        .containsExactlyInAnyOrder(
            "public.t_id_seq",
            "public.t_ident_seq",
            "public.t_tiny_seq",
            "public.alone",
            "public.cached",
            "public.down",
            "public.wheel",
            "public.wheel_down",
            "public.untouched",
            "public.huge",
            "public.lowest",
            "public.spent",
            "Odd \"Schema.Odd 'Name");
    assertThat(sequences.get("public.alone"))
        .isEqualTo(
            new Sequence(
                "public",
                "alone",
                new Sequence.Definition("bigint", 1, 1, Long.MAX_VALUE, 1, false, 1),
                3,
                true,
                null,
                null));
    assertThat(one(sequences, "public.cached").lastValue()).isEqualTo(50);
    assertThat(one(sequences, "public.untouched").called()).isFalse();
    assertThat(one(sequences, "public.t_ident_seq").table()).isEqualTo(new TableId("public", "t"));
    assertThat(one(sequences, "public.t_ident_seq").column()).isEqualTo("ident");
    assertThat(one(sequences, "public.t_tiny_seq").column()).isEqualTo("tiny");
    assertThat(one(sequences, "public.t_tiny_seq").definition().type()).isEqualTo("smallint");
  }

  @Test
  void theOtherSideGivesOutNothingThatWasGivenOut() throws SQLException {
    List<String> names =
        List.of(
            "alone", "cached", "down", "untouched", "huge", "lowest", "t_id_seq", "t_ident_seq");
    Map<String, List<String>> given =
        names.stream().collect(Collectors.toMap(Function.identity(), name -> given(active, name)));

    SequencePlan plan = SequencePlanner.plan(list(active), list(passive), 10);
    PostgresSequences.set(passive, plan.targets());

    for (String name : names) {
      // What the active side draws within the margin is not given out again either.
      List<String> late = given(active, name, 10);
      assertThat(given(passive, name, 20))
          .as(name)
          .doesNotContainAnyElementsOf(given.get(name))
          .doesNotContainAnyElementsOf(late);
    }
    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void goesToAndFroWithoutGoingBack() throws SQLException {
    for (int trip = 0; trip < 3; trip++) {
      String drawn = given(active, "alone", 5).get(4);
      String down = given(active, "down", 5).get(4);
      PostgresSequences.set(
          passive, SequencePlanner.plan(list(active), list(passive), trip == 1 ? 0 : 7).targets());
      assertThat(Long.parseLong(given(passive, "alone", 1).get(0)))
          .isGreaterThan(Long.parseLong(drawn));
      assertThat(Long.parseLong(given(passive, "down", 1).get(0))).isLessThan(Long.parseLong(down));
      Connection left = active;
      active = passive;
      passive = left;
    }
  }

  @Test
  void leavesOneThatIsFurtherWhereItIs() throws SQLException {
    draw(active, "alone", 3);
    draw(passive, "alone", 100);

    PostgresSequences.set(passive, SequencePlanner.plan(list(active), list(passive), 10).targets());

    assertThat(rows(passive, "SELECT nextval('alone')")).containsExactly("101");
  }

  @Test
  void turnsACyclingOneAsTheServerDoes() throws SQLException {
    for (int margin = 0; margin < 8; margin++) {
      for (String wheel : List.of("wheel", "wheel_down")) {
        PostgresSequences.set(
            passive, SequencePlanner.plan(list(active), list(passive), margin).targets());
        String expected = given(active, wheel, margin + 1).get(margin);
        assertThat(rows(passive, "SELECT nextval('" + wheel + "')")).containsExactly(expected);
      }
    }
  }

  @Test
  void aSpentOneIsSpentThere() throws SQLException {
    draw(active, "spent", 5);

    SequencePlan plan = SequencePlanner.plan(list(active), list(passive), 10);
    PostgresSequences.set(passive, plan.targets());

    assertThat(plan.remarks()).anyMatch(text -> text.startsWith("Sequence public.spent has come"));
    assertThatThrownBy(() -> draw(passive, "spent", 1)).hasMessageContaining("reached maximum");
  }

  @Test
  void leavesTheLastValuesOfABigintToTheOtherSide() throws SQLException {
    execute(active, "SELECT setval('huge', " + MAX + " - 4), setval('lowest', -" + MAX + ")");

    SequencePlan plan = SequencePlanner.plan(list(active), list(passive), 1000);
    PostgresSequences.set(passive, plan.targets());

    assertThat(plan.remarks()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(given(passive, "huge", 2).get(0)).isEqualTo("9223372036854775805");
    assertThat(given(passive, "lowest", 1)).containsExactly("-9223372036854775808");
  }

  @Test
  void reportsWhatIsMissingOrCountsOtherwise() throws SQLException {
    execute(
        passive,
        "DROP SEQUENCE alone; ALTER SEQUENCE down MINVALUE -500; ALTER SEQUENCE cached AS integer");

    SequencePlan plan = SequencePlanner.plan(list(active), list(passive), 10);

    assertThat(plan.problems())
        .satisfiesExactlyInAnyOrder(
            text -> assertThat(text).contains("public.alone does not exist"),
            text -> assertThat(text).contains("public.down counts otherwise"),
            text -> assertThat(text).contains("public.cached counts otherwise"));
    assertThat(plan.targets())
        .extracting(SequenceTarget::name)
        .doesNotContain("alone", "down", "cached");
  }

  @Test
  void failsIfSomebodySetsItBack() throws SQLException {
    execute(
        passive,
        """
        CREATE FUNCTION public.setval(regclass, bigint, boolean) RETURNS bigint LANGUAGE sql
          AS 'SELECT pg_catalog.setval($1, 1)';
        SET search_path = public, pg_catalog;
        """);

    assertThatThrownBy(
            () ->
                PostgresSequences.set(
                    passive, List.of(new SequenceTarget("public", "alone", 50, false))))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("SEQUENCE_MOVED"));
  }

  @Test
  void asksForTheRightsThatItNeeds() throws SQLException {
    execute(passive, "CREATE ROLE reader; GRANT USAGE ON SCHEMA public TO reader");
    execute(passive, "SET ROLE reader");
    List<String> toRead = PostgresSequences.obstacles(passive, List.of("public"), false);
    List<String> toSet = PostgresSequences.obstacles(passive, List.of("public"), true);
    assertThat(toRead).hasSize(12).contains("GRANT SELECT ON SEQUENCE public.alone TO reader;");
    assertThat(toSet).hasSize(24).contains("GRANT UPDATE ON SEQUENCE public.alone TO reader;");
    execute(passive, "RESET ROLE");
    for (String grant : toSet) {
      execute(passive, grant);
    }
    execute(passive, "SET ROLE reader");

    assertThat(PostgresSequences.obstacles(passive, List.of("public"), true)).isEmpty();
    assertThat(PostgresSequences.read(passive, List.of("public"))).hasSize(12);
    PostgresSequences.set(passive, List.of(new SequenceTarget("public", "alone", 50, false)));
  }

  private static List<Sequence> list(Connection side) throws SQLException {
    return PostgresSequences.read(side, SCHEMAS);
  }

  private static Map<String, Sequence> read(Connection side) throws SQLException {
    return list(side).stream().collect(Collectors.toMap(Sequence::toString, Function.identity()));
  }

  private static Sequence one(Map<String, Sequence> sequences, String name) {
    return Optional.ofNullable(sequences.get(name)).orElseThrow();
  }

  private static void draw(Connection side, String name, int times) throws SQLException {
    rows(side, "SELECT nextval('" + name + "') FROM generate_series(1, " + times + ")");
  }

  private static List<String> given(Connection side, String name) {
    return IntStream.of(3).mapToObj(times -> given(side, name, times)).findFirst().orElseThrow();
  }

  private static List<String> given(Connection side, String name, int times) {
    try {
      return rows(side, "SELECT nextval('" + name + "') FROM generate_series(1, " + times + ")");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
