package nl.veer.control.cutover;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresWriters;
import nl.veer.connectors.dialect.postgres.Writer;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * The transactions of a side that have written to the wave's tables and not ended, prepared too.
 */
final class OpenWriters {
  private static final String VEER = "veer: ";
  private static final int NAMED = 5;

  private OpenWriters() {}

  /**
   * Waits for those that there are now on the side that is left. Who comes later meets the fence,
   * also if it holds a lock until it is refused.
   *
   * @throws Failure TRANSIENT if they do not end in time
   */
  static void awaitLeft(Drive drive, OutageBudget waiting) {
    await(drive, drive.left(), waiting, on(drive, drive.left()));
  }

  /** Waits for those of others on the side that follows: what Veer applies there it knows. */
  static void awaitFollower(Drive drive, OutageBudget waiting) {
    FenceSide follower = drive.left().other();
    List<Writer> others =
        on(drive, follower).stream()
            .filter(writer -> !writer.application().startsWith(VEER))
            .toList();
    await(drive, follower, waiting, others);
  }

  private static List<Writer> on(Drive drive, FenceSide side) {
    return drive.on(
        side,
        "looking for open transactions",
        connection -> PostgresWriters.on(connection, drive.leg().tables()));
  }

  private static void await(Drive drive, FenceSide side, OutageBudget waiting, List<Writer> open) {
    drive.await(
        "transactions that were open on the " + side.word(),
        () -> {
          List<Writer> left =
              open.isEmpty()
                  ? open
                  : drive.on(
                      side,
                      "looking for open transactions",
                      connection -> PostgresWriters.left(connection, drive.leg().tables(), open));
          if (!left.isEmpty() && waiting.isOut()) {
            throw tooLong(drive, side, left);
          }
          return left.isEmpty();
        });
  }

  private static Failure tooLong(Drive drive, FenceSide side, List<Writer> writers) {
    Duration limit = drive.config().cutover().writersWait();
    List<String> named = writers.stream().limit(NAMED).map(Writer::told).toList();
    return new Failure(
        FailureKind.TRANSIENT,
        "WRITERS_OPEN",
        "%d transactions on the %s that have written to the wave's tables did not end within %d ms: "
                .formatted(writers.size(), side.word(), limit.toMillis())
            + String.join("; ", named)
            + ". End them, or allow more with cutover.writers-wait.");
  }
}
