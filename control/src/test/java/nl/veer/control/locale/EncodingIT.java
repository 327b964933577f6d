package nl.veer.control.locale;

import static org.assertj.core.api.Assertions.assertThat;

import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases of other encodings: every character arrives, or the wave stops. */
class EncodingIT {

  @ParameterizedTest
  @AtOnce
  @CsvSource({"LATIN1, 'é ß \u00a0¿ÿ'", "WIN1252, '€ “œ” Ÿ é'", "EUC_JP, '日本語 ｱ 漢字'"})
  void everyCharacterOfTheSourceArrivesInUtf8(String encoding, String text) throws Exception {
    String name = "\"" + text.substring(0, 3) + "\"";
    try (CrossingWorld world =
        CrossingWorld.of("", of(encoding), "", ddl(name, text.replace("\u00a0", "")))) {
      String values =
          " SELECT n, '%s' || n, '%s', ARRAY['%s', NULL, '{\"\\'], '%s', '{\"k\": \"%s\"}', '%s'"
              .formatted(text, text, text, text.replace("\u00a0", ""), text, text);
      world.onSource("INSERT INTO " + name + values + " FROM generate_series(1, 9) n");
      Crossing crossing = world.cross();

      world.onSource(
          "INSERT INTO " + name + values + " FROM generate_series(10, 80) n",
          "UPDATE " + name + " SET v = v || '" + text + "' WHERE id % 2 = 0",
          "UPDATE " + name + " SET " + name + " = " + name + " || '!'",
          "DELETE FROM " + name + " WHERE v = '" + text + "' AND id < 20",
          "INSERT INTO keyless VALUES ('" + text + "'), ('" + text + "'), ('a')",
          "DELETE FROM keyless WHERE ctid = (SELECT min(ctid) FROM keyless)",
          "UPDATE keyless SET v = 'b' WHERE v <> 'a'");

      crossing.awaitEqual();
      assertThat(
              world.targetText("SELECT count(*) FROM " + name + " WHERE v LIKE '%" + text + "%'"))
          .isNotEqualTo("0");
    }
  }

  private static String of(String encoding) {
    return "TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'";
  }

  private static String[] ddl(String name, String label) {
    return new String[] {
      "CREATE TYPE mood AS ENUM ('" + label + "')",
      "CREATE TABLE "
          + name
          + " (id int, "
          + name
          + " text, v varchar(90), a text[], m mood, j jsonb, big text, PRIMARY KEY (id, "
          + name
          + "))",
      "ALTER TABLE " + name + " ALTER big SET STORAGE EXTERNAL",
      "CREATE TABLE keyless (v text)",
      "ALTER TABLE keyless REPLICA IDENTITY FULL"
    };
  }

  @Test
  @AtOnce
  void aCharacterThatTheTargetDoesNotHaveStopsTheWave() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.of("", "", of("LATIN1"), "CREATE TABLE t (id int PRIMARY KEY, v text)")) {
      world.onSource("INSERT INTO t VALUES (1, 'é')");
      Crossing crossing = world.cross();
      world.onSource("INSERT INTO t VALUES (2, 'ÿ')");
      crossing.awaitEqual();

      world.onSource("INSERT INTO t VALUES (3, 'secret €')", "INSERT INTO t VALUES (4, 'a')");

      Failure incident = crossing.awaitIncident("VALUE");
      assertThat(incident.kind()).isEqualTo(FailureKind.TARGET_DATA);
      assertThat(incident.getMessage()).contains("public.t", "position").doesNotContain("secret");
      assertThat(world.targetText("SELECT id, v FROM t ORDER BY id")).isEqualTo("1|é\n2|ÿ");
    }
  }

  @Test
  @AtOnce
  void aCharacterThatTheTargetDoesNotHaveStopsTheLoad() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.of("", "", of("LATIN1"), "CREATE TABLE t (id int PRIMARY KEY, v text)")) {
      world.onSource("INSERT INTO t VALUES (1, 'é'), (2, 'secret €')");

      Failure incident = world.begin(Role.RUN).awaitIncident("VALUE");

      assertThat(incident.getMessage()).contains("public.t").doesNotContain("secret");
      assertThat(world.targetText("SELECT * FROM t")).isEmpty();
    }
  }
}
