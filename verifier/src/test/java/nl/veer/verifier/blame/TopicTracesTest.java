package nl.veer.verifier.blame;

import static nl.veer.verifier.blame.ItemEvents.ID;
import static nl.veer.verifier.blame.ItemEvents.PLACE;
import static nl.veer.verifier.blame.ItemEvents.WAVE;
import static nl.veer.verifier.blame.ItemEvents.delete;
import static nl.veer.verifier.blame.ItemEvents.insert;
import static nl.veer.verifier.blame.ItemEvents.record;
import static nl.veer.verifier.blame.ItemEvents.row;
import static nl.veer.verifier.blame.ItemEvents.stamp;
import static nl.veer.verifier.blame.ItemEvents.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import org.junit.jupiter.api.Test;

/** What a topic says of a row, and whose its transactions are. */
class TopicTracesTest {
  private final RowForms forms = new RowForms(new KeyedDigester(DigestKey.random()));
  private final BlamedTable table = ItemEvents.table();
  private final EchoOrigin origin = new EchoOrigin(WAVE);
  private final TopicTraces log = traces(new LogOrigin());
  private final TopicTraces echo = traces(origin);
  private long number;

  private TopicTraces traces(TopicTraces.Origin of) {
    Wanted wanted = new Wanted();
    for (int id = 1; id <= 3; id++) {
      wanted.add(table, key(id));
    }
    return new TopicTraces(wanted, forms, of);
  }

  @Test
  void aRowIsWhatItsLastEventsSay() {
    transaction(log, insert(1, "a"));
    transaction(log, update(null, 1, "b"), insert(2, "x"));
    transaction(log, delete(2));

    assertThat(trace(log, 1).present()).isTrue();
    assertThat(trace(log, 1).begun()).isTrue();
    assertThat(note(trace(log, 1)).value()).isEqualTo(value("b"));
    assertThat(trace(log, 1).last().number()).isEqualTo(2);
    assertThat(trace(log, 2).present()).isFalse();
    assertThat(trace(log, 2).columns()).isEmpty();
    assertThat(log.trace(ID, key(3))).isNull();
  }

  @Test
  void anUnchangedColumnKeepsItsValueAndItsWriter() {
    transaction(log, update(null, 1, "a"));
    transaction(log, update(null, 1, RowImage.ABSENT));

    assertThat(note(trace(log, 1)).value()).isEqualTo(value("a"));
    assertThat(note(trace(log, 1)).touch().number()).isEqualTo(1);
    assertThat(trace(log, 1).last().number()).isEqualTo(2);
    assertThat(trace(log, 1).begun()).isFalse();
  }

  @Test
  void aChangedKeyEndsOneRowAndBeginsAnother() {
    transaction(log, insert(1, "a"));
    transaction(log, update(1, 2, "a"));

    assertThat(trace(log, 1).present()).isFalse();
    assertThat(trace(log, 2).present()).isTrue();
  }

  @Test
  void anEmptiedTableHasNoRows() {
    transaction(log, insert(1, "a"));
    transaction(log, new TableTruncated(PLACE, ID), insert(2, "b"));

    assertThat(trace(log, 1).present()).isFalse();
    assertThat(trace(log, 2).present()).isTrue();
    assertThat(trace(log, 3).present()).isFalse();
  }

  @Test
  void tornAndDoubledTransactionsSayNothing() {
    transaction(log, insert(1, "a"));
    log.read(new TransactionBegin(new EventPlace(2, 0), "2"));
    log.read(delete(1));
    transaction(log, update(null, 1, "b"));
    number = 1;
    transaction(log, delete(1));

    assertThat(trace(log, 1).present()).isTrue();
    assertThat(note(trace(log, 1)).value()).isEqualTo(value("b"));
  }

  @Test
  void whatTheLoadIncludesIsKnownUntilTheLogIsBehindIt() {
    transaction(log, insert(1, "a"));
    number = 5;
    transaction(log, insert(2, "a"));

    assertThat(trace(log, 1).last().loaded()).isTrue();
    assertThat(trace(log, 2).last().loaded()).isFalse();
  }

  @Test
  void theEchosTransactionsAreTold() {
    transaction(echo, stamp(0));
    transaction(echo, insert(1, "loaded"), record("load"));
    assertThat(trace(echo, 1).last().writer()).isEqualTo(Writer.LOAD);
    transaction(echo, update(null, 1, "a"), stamp(7));
    assertThat(trace(echo, 1).last())
        .extracting(Touch::writer, Touch::applied)
        .containsExactly(Writer.STAMPED, 7L);
    transaction(echo, update(null, 1, "b"));
    assertThat(trace(echo, 1).last())
        .extracting(Touch::writer, Touch::applied)
        .containsExactly(Writer.NEITHER, 7L);
    transaction(echo, update(null, 1, "c"), stamp(7));
    assertThat(trace(echo, 1).last().writer())
        .as("a claim explains nothing")
        .isEqualTo(Writer.NEITHER);
    transaction(echo, update(null, 1, "d"), record("repair"));
    assertThat(trace(echo, 1).last().writer()).isEqualTo(Writer.REPAIR);
    assertThat(origin.from()).isZero();
  }

  @Test
  void anEchoThatBeganLaterSaysFromWhere() {
    transaction(echo, stamp(40));
    assertThat(origin.from()).isEqualTo(40);
  }

  /** Any sequence of events leaves what replaying it leaves. */
  @Test
  void aTraceIsWhatReplayingLeaves() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<Integer, String> rows = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      int id = 1 + random.nextInt(3);
      String note = "n" + random.nextInt(5);
      ChangeEvent event;
      if (!rows.containsKey(id)) {
        event = insert(id, note);
        rows.put(id, note);
      } else if (random.nextInt(3) == 0) {
        event = delete(id);
        rows.remove(id);
      } else if (random.nextBoolean()) {
        event = update(null, id, RowImage.ABSENT);
      } else {
        event = update(null, id, note);
        rows.put(id, note);
      }
      transaction(log, event);
      Trace trace = trace(log, id);
      String left = rows.get(id);
      assertThat(trace.present()).as("seed %d", seed).isEqualTo(left != null);
      if (left != null) {
        assertThat(note(trace).value()).as("seed %d", seed).isEqualTo(value(left));
      }
    }
  }

  private void transaction(TopicTraces traces, ChangeEvent... events) {
    number++;
    ItemEvents.transaction(traces, number, events);
  }

  private static Trace trace(TopicTraces traces, int id, Digest128 key) {
    return Objects.requireNonNull(traces.trace(ID, key), "row " + id);
  }

  private Trace trace(TopicTraces traces, int id) {
    return trace(traces, id, key(id));
  }

  private static Trace.Cell note(Trace trace) {
    return Objects.requireNonNull(trace.columns().get("note"));
  }

  private Digest128 key(int id) {
    return Objects.requireNonNull(forms.key(List.of("id"), row(id, "any"), null));
  }

  private Digest128 value(String note) {
    return Objects.requireNonNull(forms.columns(table, row(1, note)).get("note"));
  }
}
