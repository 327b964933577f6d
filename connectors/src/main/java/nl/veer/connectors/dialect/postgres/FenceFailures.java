package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** What goes wrong at a fence, in words. Stateless. */
final class FenceFailures {
  /** A lock that was not to be had in time, and one that would have closed a ring. */
  private static final List<String> LOCKED = List.of("55P03", "40P01");

  private static final List<String> ALL_MODES =
      List.of(
          "AccessShareLock",
          "RowShareLock",
          "RowExclusiveLock",
          "ShareUpdateExclusiveLock",
          "ShareLock",
          "ShareRowExclusiveLock",
          "ExclusiveLock",
          "AccessExclusiveLock");

  /** Readers are not in the way of making a trigger. */
  private static final List<String> IN_THE_WAY = ALL_MODES.subList(2, ALL_MODES.size());

  private FenceFailures() {}

  static boolean isLock(SQLException error) {
    return LOCKED.contains(String.valueOf(error.getSQLState()));
  }

  /** A trigger could not be made in time. */
  static Failure locked(Connection side, TableId relation, Duration waited) throws SQLException {
    return new Failure(
        FailureKind.TRANSIENT,
        "FENCE_LOCKED",
        "The fence was not raised: table %s was in use for all of %s. %s End it, or wait for it,"
                .formatted(relation, told(waited), holders(side, relation, IN_THE_WAY))
            + " and try again; writes are accepted as before.");
  }

  /** A right could not be changed in time. */
  static Failure rightsLocked(Duration waited) {
    return new Failure(
        FailureKind.TRANSIENT,
        "FENCE_LOCKED",
        ("The fence was not raised: for all of %s another transaction kept the rights of the wave's"
                + " tables, or the settings of the database, from being changed. Wait for its GRANT,"
                + " REVOKE or ALTER to end, and try again; writes are accepted as before.")
            .formatted(told(waited)));
  }

  /** Triggers that do nothing any more could not be dropped. */
  static Failure remains(Connection side, TableId relation) throws SQLException {
    return new Failure(
        FailureKind.TRANSIENT,
        "FENCE_REMAINS",
        "Writes are accepted again, but a trigger of the fence, which does nothing any more, is"
            + " still on table %s, for the table is in use. %s It is removed when this is tried"
                .formatted(relation, holders(side, relation, ALL_MODES))
            + " again.");
  }

  /** The tables are not what the plan was made for. */
  static Failure stale(String what) {
    return new Failure(
        FailureKind.TRANSIENT,
        "FENCE_STALE",
        "The fence was not raised, for %s since it was planned. Begin again; writes are accepted as"
                .formatted(what)
            + " before.");
  }

  /** Sessions that do not end. */
  static Failure sessions(String who, Duration waited) {
    return new Failure(
        FailureKind.TRANSIENT,
        "FENCE_SESSIONS",
        "Sessions did not end within %s after Veer has ended them: %s. Look what keeps them, for"
                .formatted(told(waited), who)
            + " example a server process that waits for its disk, and try again.");
  }

  private static String holders(Connection side, TableId relation, List<String> modes)
      throws SQLException {
    List<Writer> holders =
        PostgresWriters.holders(
            side, TableFamilies.read(side, List.of(relation)).oids(side), modes);
    return holders.isEmpty()
        ? "Whoever it was has ended by now."
        : holders.stream()
            .map(Writer::told)
            .collect(Collectors.joining("; ", "It is used by ", "."));
  }

  private static String told(Duration waited) {
    return waited.toMillis() + " ms";
  }
}
