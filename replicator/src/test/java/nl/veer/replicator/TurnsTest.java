package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.apply.Applier.End;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> done = new ArrayList<>();
  private final Deque<Boolean> complete = new ArrayDeque<>();
  private final Deque<End> ends = new ArrayDeque<>();
  private boolean stopped;

  @Test
  void nothingIsAppliedBeforeEverythingIsLoaded() {
    complete.addAll(List.of(false, false, true));
    ends.add(End.STOPPED);

    run();

    assertThat(done).containsExactly("load", "load", "apply");
  }

  @Test
  void aTableThatIsWantedAnewIsLoadedBeforeAnythingMoreIsApplied() {
    complete.addAll(List.of(true, false, true));
    ends.addAll(List.of(End.LOAD_WANTED, End.STOPPED));

    run();

    assertThat(done).containsExactly("apply", "load", "apply");
  }

  @Test
  void whatWasWantedButIsLoadedByNowIsNotLoadedOnceMore() {
    complete.addAll(List.of(true, true));
    ends.addAll(List.of(End.LOAD_WANTED, End.STOPPED));

    run();

    assertThat(done).containsExactly("apply", "apply");
  }

  @Test
  void aStopDuringTheLoadAppliesNothing() {
    complete.add(false);
    turns(() -> stopped = true).run();

    assertThat(done).containsExactly("load");
  }

  @Test
  void aLoadThatFailsEndsTheAttempt() {
    complete.add(false);

    assertThatThrownBy(
            turns(
                    () -> {
                      throw new Failure(FailureKind.TRANSIENT, "AWAY", "Away.");
                    })
                ::run)
        .isInstanceOf(Failure.class);
    assertThat(done).containsExactly("load");
  }

  private void run() {
    turns(() -> {}).run();
  }

  private Turns turns(Runnable loading) {
    Turns.Load load =
        new Turns.Load() {
          @Override
          public boolean isComplete() {
            return complete.remove();
          }

          @Override
          public void run() {
            done.add("load");
            loading.run();
          }
        };
    return new Turns(
        load,
        () -> {
          done.add("apply");
          return ends.remove();
        },
        () -> !stopped);
  }
}
