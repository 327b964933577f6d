package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.ControlTopic;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaPreflight;
import nl.veer.control.cli.Veer;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.finish.Finish;
import nl.veer.control.finish.FinishOptions;
import nl.veer.control.report.ReportKey;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.word.CutoverSaid;
import nl.veer.control.word.Heard;
import nl.veer.control.word.RoleWords;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration that went to and fro, by the commands: they work on a later leg as on the first, and
 * what is left at the end is the applications' side, the archive and the audit log.
 */
class FinishIT {
  private static final String VEER_TABLES =
      "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('veer')"
          + " AND relkind IN ('r', 'p') ORDER BY 1";
  private static final String SLOTS =
      "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()";

  /** Of each finish that is cut short here: what it tells of, from the first thing to the last. */
  private static final List<String> MOMENTS =
      List.of(
          "The last report is written",
          "The finish is begun",
          "The last report is written again",
          "What was decided for wave",
          "What was proven on leg 3",
          "What was proven on leg 2",
          "What was proven on leg 1",
          "What was proven on leg 0",
          "Wave ");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void commandsWorkOnLaterLegsAndFinishLeavesNothingButArchiveAndAudit() throws Exception {
    CrossingWorld crossing = CrossingWorld.with("CREATE TABLE item (id int PRIMARY KEY, v text)");
    crossing.onSource("INSERT INTO item SELECT i, 'v' || i FROM generate_series(1, 40) i");
    configure(crossing);
    try (CutoverWorld world = CutoverWorld.begin(crossing, directory.resolve("data"))) {
      assertThat(veer("finish", "--yes")).isEqualTo(1);
      assertThat(err.toString()).contains("Applications write to the source");
      waive(crossing);
      world.rehearse(CutoverWorld.plain(), CutoverWorld.BUDGET);
      moved(world);
      everyCommandOnLegOne(world);
      moved(world);
      moved(world);
      crossing.onTarget("INSERT INTO item VALUES (99, 'on leg 3')");
      world.awaitEqual();
      awaitEqualVerdict();
      assertEachLegHasSaidItsOwn(crossing.wave);
      assertThat(veer("finish", "--yes")).isEqualTo(1);
      assertThat(err.toString()).contains("End it first, where it runs");
      world.endRoles();

      List<Leg> legs = Legs.all(config(), crossing.wave);
      assertThat(legs).hasSize(4);
      cutShort();
      finished(crossing, legs);
      reported();
    }
  }

  private static void moved(CutoverWorld world) {
    Attempt attempt = world.cutOver(CutoverWorld.plain());
    assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Opened());
  }

  private void waive(CrossingWorld crossing) {
    String wave = crossing.wave.wave();
    veer("gate", "--wave", wave, "--waive", "indexes", "--reason", "ticket 12");
    assertThat(out.toString()).contains("indexes");
  }

  private void everyCommandOnLegOne(CutoverWorld world) throws Exception {
    CrossingWorld crossing = world.world;
    assertThat(veer("status", "--json")).as(err.toString()).isZero();
    JsonNode leg = new ObjectMapper().readTree(out.toString()).path("waves").path(0).path("leg");
    assertThat(leg.toString()).isEqualTo("{\"number\":1,\"from\":\"target\",\"to\":\"source\"}");
    assertThat(veer("status")).isZero();
    assertThat(out.toString()).contains("leg 1, from the target to the source");

    assertThat(veer("load", "--again")).isEqualTo(1);
    assertThat(veer("verify", "--again")).isEqualTo(1);
    crossing.onSource("SET application_name = 'veer: test'; DELETE FROM item WHERE id < 10");
    assertThat(veer("load", "--again", "--table", "public.item")).as(err.toString()).isZero();
    world.awaitEqual();
    world.endRoles();
    assertThat(veer("verify", "--again")).as(err.toString()).isZero();
    assertThat(veer("finish", "--yes")).isEqualTo(1);
    assertThat(err.toString()).contains("It is not proven that both sides are equal");
    assertThat(veer("load", "--again")).as(err.toString()).isZero();
    world.startRoles();
    world.awaitEqual();

    crossing.onSource("SET application_name = 'veer: test'; UPDATE item SET v = 'x' WHERE id = 7");
    assertThat(veer("scan")).as(out + "" + err).isEqualTo(1);
    assertThat(veer("verdict")).as(out.toString()).isEqualTo(1);
    assertThat(veer("diff")).as(out.toString()).isEqualTo(1);
    assertThat(out.toString()).contains("public.item");
    assertThat(veer("repair", "--apply")).as(out + "" + err).isZero();
    awaitEqualVerdict();
    assertThat(out.toString()).contains(", leg 1 at ");
    world.awaitEqual();
  }

  private void awaitEqualVerdict() {
    CrossingWorld.await("the verdict EQUAL", () -> veer("scan") == 0 && veer("verdict") == 0);
  }

  /** One finish after the other ends at one moment later, as if it were killed there. */
  private void cutShort() throws IOException {
    KafkaEndpoint kafka = kafka();
    ReportKey key = ReportKey.in(directory.resolve("data/report-key.pem"));
    for (String moment : MOMENTS) {
      Finish finish =
          new Finish(
              config(),
              directory.resolve("veer.yaml"),
              "test",
              told -> {
                if (told.startsWith(moment)) {
                  throw new IllegalStateException("cut short");
                }
              });
      assertThatThrownBy(
              () ->
                  finish.run(
                      finish.look(new FinishOptions(false, null, false, true)).orElseThrow(),
                      key,
                      directory,
                      kafka))
          .as(moment)
          .hasMessage("cut short");
      if (moment.contains("leg 2")) {
        Files.delete(directory.resolve("veer-final-report.html"));
        assertThat(veer("drop", "--yes")).isEqualTo(1);
        assertThat(err.toString()).contains("Go on with: veer finish");
      }
    }
  }

  private void finished(CrossingWorld crossing, List<Leg> legs) throws Exception {
    assertThat(veer("finish", "--yes", "--json", "--report", directory.toString()))
        .as(err.toString())
        .isZero();
    JsonNode outcome = new ObjectMapper().readTree(out.toString());
    assertThat(outcome.path("verdict").asText()).isEqualTo("EQUAL");
    assertThat(outcome.path("left")).isEmpty();
    assertThat(outcome.path("waves").path(0).path("fences").path(0).path("side").asText())
        .isEqualTo("source");

    assertThat(crossing.sourceText(SLOTS) + crossing.targetText(SLOTS)).isEmpty();
    String publications = "SELECT pubname FROM pg_publication";
    assertThat(crossing.sourceText(publications) + crossing.targetText(publications)).isEmpty();
    CrossingWorld.await(
        "the topics to go", () -> KafkaPreflight.read(kafka(), topics(legs)).topics().isEmpty());
    assertNothingIsSaidOf(legs.get(0).home());
    assertThat(crossing.sourceText(VEER_TABLES)).isEmpty();
    assertThat(crossing.sourceText("SELECT to_regnamespace('veer')")).isEqualTo("null");
    assertThat(crossing.targetText(VEER_TABLES)).isEqualTo("archive\naudit");
    assertTheArchiveIsWhole(crossing);

    crossing.onTarget("UPDATE item SET v = 'after' WHERE id = 1");
    assertThatThrownBy(() -> crossing.onSource("UPDATE item SET v = 'after' WHERE id = 1"))
        .isInstanceOf(SQLException.class);
    crossing.onSource("DROP SCHEMA veer_fence CASCADE", "UPDATE item SET v = 'after' WHERE id = 1");
    crossing.assertEqual();

    assertThat(veer("finish", "--yes")).isZero();
    assertThat(out.toString()).contains("is finished already");
    assertThat(veer("audit")).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "veer finish --archive: asked for",
            "last report: EQUAL, SHA-256 " + outcome.path("sha256").asText(),
            "veer finish --archive, going on: done",
            "The chain is whole");
    assertThat(veer("drop", "--yes", "--audit-too")).as(err.toString()).isZero();
    assertThat(crossing.targetText("SELECT to_regnamespace('veer')")).isEqualTo("null");
  }

  /** What was half removed when it was cut short is there all the same, and once. */
  private static void assertTheArchiveIsWhole(CrossingWorld crossing) throws SQLException {
    assertThat(
            crossing.targetText(
                "SELECT leg, count(*) FROM veer.archive WHERE record IN ('stamp', 'retired')"
                    + " GROUP BY leg ORDER BY leg"))
        .isEqualTo("0|2\n1|2\n2|2\n3|1");
    assertThat(
            crossing.targetText(
                "SELECT record, count(*) FROM veer.archive WHERE leg IS NULL GROUP BY record"
                    + " ORDER BY record"))
        .isEqualTo("cutover|4\nfence|1\nleg|4\nreport|1\nwaiver|1");
    assertThat(
            crossing.targetText(
                "SELECT count(*) FROM veer.archive WHERE content::text ~ 'key_text|digest_key\"'"))
        .isEqualTo("0");
  }

  private void assertEachLegHasSaidItsOwn(WaveId wave) {
    try (RoleWords reader = RoleWords.follow(kafka(), wave.migration(), Clock.systemUTC())) {
      Words words =
          reader.await(
              now ->
                  now.isRead()
                      && now.speaking(wave, 3, Speaker.CAPTURE) == 1
                      && now.speaking(wave, 3, Speaker.VERDICT) == 1,
              CrossingWorld.PATIENCE);
      assertThat(words.speaking(wave)).allMatch(heard -> heard.key().leg() == 3);
      for (int leg = 0; leg < 3; leg++) {
        assertThat(words.last(wave, leg, Speaker.CAPTURE)).get().matches(Heard::hasEnded);
        assertThat(words.last(wave, leg, Speaker.REPLICATOR)).get().matches(Heard::hasEnded);
        Heard driver = words.last(wave, leg, Speaker.CUTOVER).orElseThrow();
        assertThat(driver.hasEnded()).isTrue();
        assertThat((CutoverSaid) driver.word().said())
            .returns("CUTOVER", CutoverSaid::kind)
            .returns(true, CutoverSaid::finished)
            .returns("EQUAL", CutoverSaid::verdict)
            .returns(new CutoverState.Opened().word(), CutoverSaid::state);
      }
    }
  }

  /** Other waves of this migration, of other tests, may still be spoken of. */
  private void assertNothingIsSaidOf(WaveId wave) {
    try (RoleWords words = RoleWords.follow(kafka(), wave.migration(), Clock.systemUTC())) {
      Words read = words.await(Words::isRead, CrossingWorld.PATIENCE);
      assertThat(read.isRead()).isTrue();
      assertThat(read.heard()).noneMatch(heard -> heard.key().wave().equals(wave));
    }
  }

  private static Set<String> topics(List<Leg> legs) {
    Set<String> topics = new TreeSet<>();
    for (Leg leg : legs) {
      topics.add(leg.wave().logTopic());
      topics.add(leg.wave().echo().logTopic());
    }
    topics.add(ControlTopic.name(legs.get(0).home()));
    return topics;
  }

  private void reported() throws Exception {
    String key = directory.resolve("data/report-key.pub.pem").toString();
    for (String file : List.of("veer-final-report.html", "veer-final-report.json")) {
      assertThat(veer("report", "--check", directory.resolve(file).toString(), "--key", key))
          .as(err.toString())
          .isZero();
    }
    JsonNode report =
        new ObjectMapper()
            .readTree(Files.readString(directory.resolve("veer-final-report.json")))
            .path("report");
    assertThat(report.path("verdict").asText()).isEqualTo("EQUAL");
    assertThat(report.path("waves").findValuesAsText("leg")).containsExactly("3", "2", "1", "0");
    assertThat(report.path("waves").findValuesAsText("current"))
        .containsExactly("true", "false", "false", "false");
    assertThat(report.path("waves").path(0).path("from").asText()).isEqualTo("target");
    assertThat(report.path("waves").path(2).path("verdict").asText()).isEqualTo("EQUAL");
    assertThat(report.path("waves").path(2).path("position").asText()).contains("/");
    assertThat(report.path("incidents").findValuesAsText("leg")).isNotEmpty().containsOnly("1");
    assertThat(report.path("incidents").findValuesAsText("closedBy"))
        .allMatch(by -> by.startsWith("repair ") || by.startsWith("scan "));
    Map<String, List<String>> chapters = new TreeMap<>();
    report
        .path("chapters")
        .forEach(
            chapter -> {
              List<String> rows = new ArrayList<>();
              chapter.path("rows").forEach(row -> rows.add(row.toString()));
              chapters.put(chapter.path("title").asText(), rows);
            });
    assertThat(chapters.get("Waivers"))
        .singleElement()
        .asString()
        .contains("\"0\",\"indexes\",\"ticket 12\"");
    assertThat(chapters.get("Cutovers"))
        .satisfiesExactly(
            one -> assertThat(one).contains("\"0\",\"rehearsal\"", "REHEARSED"),
            one -> assertThat(one).contains("\"0\",\"cutover\"", "OPENED", "\"writer\""),
            one -> assertThat(one).contains("\"1\",\"fallback\",\"target to source\""),
            one -> assertThat(one).contains("\"2\",\"cutover\",\"source to target\""));
    assertThat(chapters.get("Legs")).hasSize(4);
    assertThat(chapters.get("Fences that stand")).singleElement().asString().contains("source");
  }

  private KafkaEndpoint kafka() {
    return new KafkaEndpoint(CrossingWorld.sandbox().kafka().bootstrap(), Map.of());
  }

  private VeerConfig config() {
    return ConfigFile.read(directory.resolve("veer.yaml"), Map.of());
  }

  private void configure(CrossingWorld crossing) throws IOException {
    Files.writeString(directory.resolve("source"), crossing.servers().source().password());
    Files.writeString(directory.resolve("target"), crossing.servers().target().password());
    Files.writeString(
        directory.resolve("veer.yaml"),
        """
        migration: %s
        source: {url: "%s", user: %s, password: "${file:source}"}
        target: {url: "%s", user: %s, password: "${file:target}"}
        kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1}
        registry: {url: "%s"}
        waves: [{name: %s, tables: {}}]
        data: data
        """
            .formatted(
                crossing.wave.migration(),
                crossing.sourceEndpoint().url(),
                crossing.servers().source().user(),
                crossing.targetEndpoint().url(),
                crossing.servers().target().user(),
                CrossingWorld.sandbox().kafka().bootstrap(),
                CrossingWorld.sandbox().registry().url(),
                crossing.wave.wave()));
  }

  private int veer(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--check")) {
      all.addAll(List.of("-c", directory.resolve("veer.yaml").toString()));
    }
    return Veer.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
