package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.wave.TableReload;
import nl.veer.control.wave.TableReload.Look;
import nl.veer.replicator.stamp.TableLoad;
import nl.veer.replicator.stamp.TableLoad.State;
import org.junit.jupiter.api.Test;

class ReloadInFrontTest {
  private static final TableId ORDERS = new TableId("public", "orders");
  private static final Map<WaveId, List<TableId>> TABLES =
      Map.of(new WaveId("shop", "main"), List.of(ORDERS));

  private final StringWriter out = new StringWriter();
  private final StopSignal stop = new StopSignal();
  private final Deque<Look> looks = new ArrayDeque<>();
  private long nanos;

  @Test
  void showsEachStateOnceUntilTheTableIsLoaded() {
    looks.add(look(State.AGAIN, 5, true));
    looks.add(look(State.AGAIN, 5, true));
    looks.add(look(State.RUNNING, 1_000, true));
    looks.add(look(State.RUNNING, 2_000, true));
    looks.add(look(State.COMPLETE, 3_000, true));

    assertThat(run()).isEqualTo(ExitCode.OK);

    assertThat(out.toString().lines())
        .startsWith(
            "public.orders: asked for",
            "public.orders: 1,000 rows",
            "public.orders: loaded, 3,000 rows")
        .hasSize(4);
  }

  @Test
  void endsWithoutAnAnswerWhereNoReplicatorTakesItUpForAWhile() {
    looks.add(look(State.AGAIN, 0, true));
    for (int seconds = 0; seconds < 20; seconds++) {
      looks.add(look(State.AGAIN, 0, false));
    }

    assertThat(run()).isEqualTo(ExitCode.UNKNOWN);

    assertThat(out.toString())
        .contains("asked for, not taken up yet", "The request stands", "do not start a second one");
    assertThat(nanos).isGreaterThan(ReloadInFront.ABSENCE.toNanos());
  }

  @Test
  void aReplicatorBetweenTwoAttemptsIsWaitedFor() {
    for (int round = 0; round < 5; round++) {
      for (int seconds = 0; seconds < 5; seconds++) {
        looks.add(look(State.RUNNING, 7, false));
      }
      looks.add(look(State.RUNNING, 7, true));
    }
    looks.add(look(State.COMPLETE, 7, false));

    assertThat(run()).isEqualTo(ExitCode.OK);
  }

  @Test
  void endsWhenItIsToldToAndSaysThatTheRequestStands() {
    looks.add(look(State.AGAIN, 0, true));
    ReloadInFront waiting =
        front(
            (wave, tables) -> {
              stop.raise();
              return looks.remove();
            });

    assertThat(waiting.run()).isEqualTo(ExitCode.UNKNOWN);

    assertThat(out.toString()).contains("Not waited for any longer. The request stands");
  }

  @Test
  void aTargetThatIsAwayIsWaitedFor() {
    looks.add(look(State.COMPLETE, 1, true));
    int[] calls = {0};
    ReloadInFront waiting =
        front(
            (wave, tables) -> {
              if (calls[0]++ < 3) {
                throw new Failure(FailureKind.TRANSIENT, "CONNECTION_LOST", "Away.");
              }
              return looks.remove();
            });
    assertThat(waiting.run()).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("CONNECTION_LOST: Away.");
  }

  @Test
  void whateverEndsTheWaitingTheRequestStands() {
    assertThat(endedBy(new Failure(FailureKind.CONFIGURATION, "ACCESS", "No.")))
        .contains("The request stands", "ACCESS: No.");
    assertThat(endedBy(new Failure(FailureKind.BUG, "UNEXPECTED", "Odd.")))
        .contains("The request stands", "UNEXPECTED: Odd.");
    assertThat(endedBy(new IllegalStateException("a row's value")))
        .contains("The request stands", "please report")
        .doesNotContain("a row's value");
  }

  @Test
  void withTheRecordsTheRequestIsGone() {
    assertThat(endedBy(new Failure(FailureKind.CONFIGURATION, TableReload.REMOVED, "Removed.")))
        .contains("RECORDS_REMOVED: Removed.")
        .doesNotContain("stands");
  }

  private String endedBy(RuntimeException end) {
    out.getBuffer().setLength(0);
    ReloadInFront waiting =
        front(
            (wave, tables) -> {
              throw end;
            });
    assertThat(waiting.run()).isEqualTo(ExitCode.UNKNOWN);
    return out.toString();
  }

  private int run() {
    return front((wave, tables) -> looks.remove()).run();
  }

  private ReloadInFront front(ReloadInFront.Looking looking) {
    return new ReloadInFront(
        TABLES,
        (wave, tables) -> {
          nanos += Duration.ofSeconds(1).toNanos();
          return Objects.requireNonNull(looking.look(wave, tables));
        },
        new Console(new PrintWriter(out), false),
        stop,
        () -> nanos,
        Duration.ofMillis(1));
  }

  private static Look look(State state, long rows, boolean replicating) {
    TableLoad load =
        new TableLoad(
            ORDERS,
            state,
            false,
            new RowIdentity(false, List.of("id")),
            List.of("id"),
            null,
            null,
            rows,
            0);
    return new Look(List.of(load), replicating);
  }
}
