package nl.veer.verifier.blame;

import static nl.veer.verifier.blame.ItemEvents.ID;
import static nl.veer.verifier.blame.ItemEvents.PLACE;
import static nl.veer.verifier.blame.ItemEvents.WAVE;
import static nl.veer.verifier.blame.ItemEvents.delete;
import static nl.veer.verifier.blame.ItemEvents.insert;
import static nl.veer.verifier.blame.ItemEvents.record;
import static nl.veer.verifier.blame.ItemEvents.row;
import static nl.veer.verifier.blame.ItemEvents.stamp;
import static nl.veer.verifier.blame.ItemEvents.transaction;
import static nl.veer.verifier.blame.ItemEvents.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Objects;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.verifier.blame.TrailEvent.By;
import nl.veer.verifier.blame.TrailEvent.Op;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import org.junit.jupiter.api.Test;

/** The events of one row that a topic holds, and that no value is told. */
class TrailSinkTest {
  private final RowForms forms = new RowForms(new KeyedDigester(DigestKey.random()));
  private final RowMasks masks = new RowMasks();
  private final TrailSink log = sink(new LogOrigin(), false);
  private final TrailSink echo = sink(new EchoOrigin(WAVE), true);

  private TrailSink sink(TopicTraces.Origin origin, boolean ofTarget) {
    return new TrailSink(
        ItemEvents.table(),
        Objects.requireNonNull(forms.key(List.of("id"), row(1, "any"), null)),
        forms,
        masks,
        origin,
        ofTarget);
  }

  @Test
  void aRowsEventsAreToldInTheirOrderWithWhatChanged() {
    transaction(log, 1, insert(1, "a"), insert(2, "x"));
    transaction(log, 2, update(null, 2, "y"));
    transaction(log, 3, update(null, 1, "b"), update(null, 1, "b"));
    transaction(log, 4, delete(1));

    assertThat(log.events())
        .extracting(TrailEvent::transaction, TrailEvent::op, TrailEvent::columns)
        .containsExactly(
            tuple(1L, Op.INSERT, List.of("id", "note")),
            tuple(3L, Op.UPDATE, List.of("note")),
            tuple(3L, Op.UPDATE, List.of()),
            tuple(4L, Op.DELETE, List.of()));
    assertThat(log.events()).allSatisfy(event -> assertThat(event.by()).isNull());
    assertThat(log.hasMore()).isFalse();
  }

  @Test
  void aValueIsMaskedAndTheSameOneIsSeenToBeTheSameInLogAndEcho() {
    transaction(log, 1, insert(1, "a secret"));
    transaction(log, 2, update(null, 1, "another"));
    transaction(echo, 1, insert(1, "a secret"));

    List<String> seen = log.events().stream().map(TrailEvent::after).toList();
    assertThat(seen).allMatch(text -> text.matches("id #[0-9a-f]{6}, note #[0-9a-f]{6}"));
    assertThat(seen.get(0)).isNotEqualTo(seen.get(1));
    assertThat(echo.events().get(0).after()).isEqualTo(seen.get(0));
    assertThat(RowMasks.text(new RowMasks().of(row(1, "a secret"))))
        .as("another search has another secret")
        .isNotEqualTo(seen.get(0));
  }

  @Test
  void whatAnEventDoesNotCarryIsNotTold() {
    transaction(log, 1, update(null, 1, RowImage.ABSENT));
    transaction(log, 2, delete(1));
    transaction(log, 3, new RowUpdated(PLACE, ID, row(1, "a"), row(1, "b")));

    assertThat(log.events().get(0).before()).isNull();
    assertThat(log.events().get(0).after()).matches("id #[0-9a-f]{6}");
    assertThat(log.events().get(1).before()).as("its key only").matches("id #[0-9a-f]{6}");
    assertThat(log.events().get(2).before()).as("all of it").contains("note #");
    assertThat(log.events().get(2).columns()).containsExactly("note");
  }

  @Test
  void aChangedKeyIsToldOfTheRowThatLeftAndOfTheOneThatCame() {
    transaction(log, 1, insert(1, "a"));
    transaction(log, 2, update(1, 2, "a"));
    transaction(log, 3, update(3, 1, "c"));
    transaction(log, 4, update(3, 4, "c"));

    assertThat(log.events())
        .extracting(TrailEvent::transaction, TrailEvent::columns)
        .containsExactly(
            tuple(1L, List.of("id", "note")), tuple(2L, List.of("id")), tuple(3L, List.of("id")));
  }

  @Test
  void anEmptiedTableIsAnEventOfEachRow() {
    transaction(log, 1, insert(1, "a"), new TableTruncated(PLACE, ID));

    assertThat(log.events()).extracting(TrailEvent::op).containsExactly(Op.INSERT, Op.TRUNCATE);
  }

  @Test
  void tornAndDoubledTransactionsAndOnesWithoutTheirBeginSayNothing() {
    log.read(insert(1, "no begin"));
    transaction(log, 4, insert(1, "a"));
    log.read(new TransactionBegin(new EventPlace(5, 0), "5"));
    log.read(update(null, 1, "torn"));
    transaction(log, 5, update(null, 1, "b"));
    transaction(log, 5, update(null, 1, "b"));

    assertThat(log.events()).extracting(TrailEvent::transaction).containsExactly(4L, 5L);
    assertThat(log.events().get(1).columns()).containsExactly("note");
  }

  @Test
  void theEchoSaysWhoWroteAndHowFarTheTargetWas() {
    transaction(echo, 1, insert(1, "loaded"), record("load"));
    transaction(echo, 2, update(null, 1, "a"), stamp(7));
    transaction(echo, 3, update(null, 1, "bent"));
    transaction(echo, 4, update(null, 1, "a"), record("repair"));

    assertThat(echo.events())
        .extracting(TrailEvent::by, TrailEvent::applied)
        .containsExactly(
            tuple(By.LOAD, 0L),
            tuple(By.APPLY, 7L),
            tuple(By.FOREIGN_WRITER, 7L),
            tuple(By.REPAIR, 7L));
  }

  @Test
  void ofAHotRowTheLastEventsAreKept() {
    for (int i = 1; i <= TrailSink.MOST + 5; i++) {
      transaction(log, i, update(null, 1, "n" + i));
    }

    assertThat(log.events()).hasSize(TrailSink.MOST);
    assertThat(log.events().get(0).transaction()).isEqualTo(6);
    assertThat(log.hasMore()).isTrue();
  }
}
