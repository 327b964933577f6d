package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * What whoever drove an attempt before has open on the configured source: it ends. At home it can
 * write nothing any more, and has no session. Owned by one thread.
 */
final class FormerDriver {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final SourceConnections source;
  private final WaveId wave;
  private boolean ended;
  private boolean away;

  FormerDriver(SourceConnections source, WaveId wave) {
    this.source = source;
    this.wave = wave;
  }

  /** Of an attempt that was begun by who drives it. */
  static FormerDriver none(SourceConnections source, WaveId wave) {
    FormerDriver none = new FormerDriver(source, wave);
    none.ended = true;
    return none;
  }

  /**
   * Ends its sessions, if that was not done.
   *
   * @throws Failure TRANSIENT if the source does not answer, or a session does not end; CONFLICT if
   *     it has been away before, so that nobody waits for it
   */
  void end() {
    if (ended) {
      return;
    }
    try {
      tryToEnd();
    } catch (Failure failure) {
      throw away && failure.kind() == FailureKind.TRANSIENT ? stays(failure) : failure;
    }
  }

  private static Failure stays(Failure failure) {
    return new Failure(
        FailureKind.CONFLICT,
        "SOURCE_AWAY",
        "The target takes writes as before. What the attempt has done on the source is not undone,"
            + " for that is not to be had: when it is back, say --abort once more. ("
            + failure.getMessage()
            + ")",
        failure);
  }

  private void tryToEnd() {
    try (Connection connection = source.openBounded(wave + " cutover takeover", ANSWER)) {
      CutoverStore.endSessions(connection, wave, "source");
      ended = true;
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "ending the sessions of a former driver");
    }
  }

  /**
   * As {@link #end}, where the source only follows and may be gone: what is done there is done
   * behind {@link #end}.
   */
  void endUnlessAway(CutoverProgress progress) {
    try {
      tryToEnd();
    } catch (Failure failure) {
      if (failure.kind() != FailureKind.TRANSIENT) {
        throw failure;
      }
      away = true;
      progress.says("The source is not to be had, and is undone last: " + failure.getMessage());
    }
  }
}
