package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CutoverStateTest {
  @Test
  void aRehearsalEndsBehindItsProof() {
    assertThat(way(AttemptKind.REHEARSAL))
        .containsExactly("PREPARED", "FENCED", "DRAINED", "PROVEN", "REHEARSED");
  }

  @Test
  void aCutoverEndsWhenTheOtherSideIsOpen() {
    assertThat(way(AttemptKind.CUTOVER))
        .containsExactly(
            "PREPARED", "FENCED", "DRAINED", "PROVEN", "SEQUENCED", "REVERSED", "OPENED");
  }

  private static List<String> way(AttemptKind kind) {
    List<String> words = new ArrayList<>();
    Optional<CutoverState> state = Optional.of(new CutoverState.Prepared());
    while (state.isPresent()) {
      words.add(state.get().word());
      state = state.get().next(kind);
    }
    return words;
  }

  @Test
  void thereIsAWayBackUntilTheOtherSideMayBeOpen() {
    assertThat(CutoverState.ALL)
        .filteredOn(state -> state.back().isEmpty())
        .extracting(CutoverState::word)
        .containsExactly("OPENED", "REHEARSED", "ABORTED");
  }

  @Test
  void eachStateIsReadAsItWasWritten() {
    assertThat(CutoverState.ALL)
        .hasSize(CutoverState.class.getPermittedSubclasses().length)
        .allSatisfy(state -> assertThat(CutoverState.of(state.word())).isEqualTo(state));
    assertThatThrownBy(() -> CutoverState.of("CLOSED")).hasMessageContaining("CLOSED");
  }

  @Test
  void theDoorOpensOnlyForWhatFollows() {
    for (AttemptKind kind : AttemptKind.values()) {
      for (CutoverState from : CutoverState.ALL) {
        for (CutoverState to : CutoverState.ALL) {
          boolean follows =
              from.next(kind).filter(to::equals).isPresent()
                  || from.back().filter(to::equals).isPresent();
          if (follows) {
            assertThat(attempt(kind, from, null).moved(to).state()).isEqualTo(to);
          } else {
            assertThatThrownBy(() -> attempt(kind, from, null).moved(to))
                .as("%s from %s to %s", kind, from.word(), to.word())
                .isInstanceOf(IllegalStateException.class);
          }
        }
      }
    }
  }

  @Test
  void whatIsFinishedDoesNotMove() {
    Attempt finished = attempt(AttemptKind.CUTOVER, new CutoverState.Prepared(), Instant.EPOCH);
    assertThatThrownBy(() -> finished.moved(new CutoverState.Fenced()))
        .isInstanceOf(IllegalStateException.class);
  }

  static Attempt attempt(AttemptKind kind, CutoverState state, @Nullable Instant finishedAt) {
    return new Attempt(
        7,
        new WaveId("shop", "main"),
        0,
        kind,
        state,
        1,
        Duration.ofSeconds(10),
        AttemptFacts.NONE,
        Map.of(),
        Instant.EPOCH,
        finishedAt,
        null,
        null);
  }
}
