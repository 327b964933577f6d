package nl.veer.control.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.KeyHistory.State;
import nl.veer.control.dashboard.view.ShownRow;
import nl.veer.verifier.blame.RowReading;
import nl.veer.verifier.blame.RowTrail;
import nl.veer.verifier.blame.RowTrail.Reach;
import nl.veer.verifier.blame.RowTrail.Topic;
import nl.veer.verifier.blame.RowValues;
import nl.veer.verifier.blame.TrailEvent;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowsToldTest {
  private static final Position PLACE = Position.parse("0/5");
  private static final DifferenceRecord DIFFERENCE =
      new DifferenceRecord(
          7,
          new TableId("public", "orders"),
          new RowKey(List.of("4711", "b")),
          "0".repeat(32),
          Difference.Kind.VALUES,
          List.of("note"),
          3,
          PLACE,
          PLACE,
          Instant.EPOCH,
          Instant.EPOCH,
          DifferenceRecord.State.OPEN,
          null,
          null,
          null,
          null);

  @Test
  void aHistoryIsCompleteOnlyIfAllOfBothTopicsWasRead() {
    KeyHistory whole = KeyHistories.of(new RowTrail(topic(Reach.WHOLE), topic(Reach.WHOLE)));
    assertThat(whole.state()).isEqualTo(State.DONE);
    assertThat(whole.complete()).isTrue();
    assertThat(whole.words()).isNull();
    for (Reach reach : Reach.values()) {
      if (reach != Reach.WHOLE) {
        KeyHistory less = KeyHistories.of(new RowTrail(topic(Reach.WHOLE), topic(reach)));
        assertThat(less.complete()).as("%s", reach).isFalse();
        assertThat(less.state()).as("%s", reach).isIn(State.NOT_KEPT, State.TOO_FAR);
        assertThat(less.words()).as("%s", reach).contains("echo");
      }
    }
    Topic more = new Topic(List.of(), true, Reach.WHOLE, 9);
    assertThat(KeyHistories.of(new RowTrail(more, topic(Reach.WHOLE))).complete()).isFalse();
    assertThat(KeyHistories.of(new RowTrail(topic(Reach.NEWEST), topic(Reach.ABSENT))).state())
        .isEqualTo(State.TOO_FAR);
  }

  @Test
  void whatIsNotKnownOfAnEventIsNull() {
    TrailEvent event =
        new TrailEvent(
            PLACE,
            3,
            "77",
            Instant.EPOCH,
            TrailEvent.Op.UPDATE,
            List.of(),
            null,
            "id #aa",
            TrailEvent.By.FOREIGN_WRITER,
            0);
    KeyHistory told =
        KeyHistories.of(
            new RowTrail(topic(Reach.WHOLE), new Topic(List.of(event), false, Reach.WHOLE, 1)));
    assertThat(told.echo().get(0).applied()).isNull();
    assertThat(told.echo().get(0).writer()).isEqualTo("FOREIGN_WRITER");
  }

  @Test
  void aValueIsShownUpToItsBoundAndNeverHalfACharacter() {
    String large = "x".repeat(4_095) + "\uD83D\uDE00" + "y";
    ShownRow shown = shown(List.of("note", "price"), row(large, null), row("a", "1.0"));

    assertThat(shown.key())
        .containsExactly(new ShownRow.KeyValue("id", "4711"), new ShownRow.KeyValue("part", "b"));
    assertThat(shown.columns())
        .containsExactly(
            new ShownRow.Both("note", "x".repeat(4_095), "a", false, false, true),
            new ShownRow.Both("price", null, "1.0", false, false, false));
    assertThat(shown.words()).isNull();
    assertThat(shown.toString()).doesNotContain("4711", "xxx");
  }

  @Test
  void aSideWithoutTheRowIsAbsentAndNotNull() {
    ShownRow shown = shown(List.of("note"), null, row("a"));
    assertThat(shown.columns())
        .containsExactly(new ShownRow.Both("note", null, "a", true, false, false));
    assertThat(shown(List.of("note"), null, null).words()).contains("neither side");
    assertThat(shown(List.of(), row(), row()).words()).contains("the same now");
  }

  @Test
  void aWideTableAndALargeRowHaveTheirBounds() {
    List<String> names = IntStream.range(0, 300).mapToObj(i -> "c" + i).toList();
    @Nullable String[] values = new @Nullable String[300];
    ShownRow wide = shown(names, Arrays.asList(values), null);
    assertThat(wide.columns()).hasSize(200);
    assertThat(wide.words()).contains("300");
    ShownRow large =
        ShownRows.of(DIFFERENCE, new RowReading.Read(List.of("id", "part"), null, null, null));
    assertThat(large.columns()).isEmpty();
    assertThat(large.words()).contains("8 MiB");
  }

  private static List<@Nullable String> row(@Nullable String... values) {
    return Arrays.asList(values);
  }

  private static ShownRow shown(
      List<String> columns,
      @Nullable List<@Nullable String> source,
      @Nullable List<@Nullable String> target) {
    return ShownRows.of(
        DIFFERENCE,
        new RowReading.Read(
            List.of("id", "part"), new RowValues(columns, source, target), PLACE, PLACE));
  }

  private static Topic topic(Reach reach) {
    return new Topic(List.of(), false, reach, 9);
  }
}
