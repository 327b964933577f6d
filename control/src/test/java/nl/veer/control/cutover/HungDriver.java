package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.CrossingWorld;

/**
 * A coordinator that stands still inside of one of its own statements: it waits for a lock that the
 * test holds, so that the statement is carried out when everybody thinks that it is over.
 */
final class HungDriver {
  private HungDriver() {}

  /**
   * Has an attempt made that hangs there while the way back begins, is given up by another one, and
   * goes on then.
   *
   * @param side where the lock is
   * @param lock a query that holds it
   */
  static void givenUp(CutoverWorld world, Connection side, String lock) throws SQLException {
    side.setAutoCommit(false);
    CutoverProgress hanging =
        new CutoverProgress() {
          @Override
          public void begun(CutoverState state) {
            if (state.equals(new CutoverState.Proven())) {
              held(side, lock);
            }
          }
        };
    CompletableFuture<Attempt> driver = CompletableFuture.supplyAsync(() -> run(world, hanging));
    CrossingWorld.await("the driver to hang", () -> driver.isDone() || isWaitedFor(side));
    assertThat(driver).as("it hangs").isNotDone();

    Attempt aborted = world.abort(CutoverWorld.plain()).orElseThrow();

    assertThat(aborted.state()).as("%s", aborted).isEqualTo(new CutoverState.Aborted());
    side.commit();
    assertThatThrownBy(driver::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("CUTOVER_TAKEN"));
  }

  private static Attempt run(CutoverWorld world, CutoverProgress progress) {
    try (Cutover cutover = world.cutover(CutoverWorld.plain(), progress)) {
      return cutover.run(AttemptKind.CUTOVER, CutoverWorld.BUDGET);
    }
  }

  private static void held(Connection side, String lock) {
    try {
      CrossingWorld.text(side, lock);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** By a session of the driver's; the replicator may wait for the stamp as well. */
  private static boolean isWaitedFor(Connection side) {
    try {
      CrossingWorld.execute(side, "SELECT pg_stat_clear_snapshot()");
      return !CrossingWorld.text(
              side,
              "SELECT pid FROM pg_stat_activity"
                  + " WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
                  + " AND application_name ~ ' (cutover|legs|retirement)$'")
          .isEmpty();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
