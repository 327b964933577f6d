package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.TableId;

/**
 * Makes a wave's tables refuse writes, and gives them back exactly as they were. Everything may be
 * repeated, after a crash at any point too: {@link #raise} completes what is missing, {@link
 * #lower} removes what is there. What a fence is made of, and what it cannot stop, stands at each
 * {@link Kind}. None stops {@code nextval}, or DDL by a table's owner.
 *
 * <p>A transaction that has written already may go on to write and commit when the fence is up:
 * wait for those, see {@link PostgresWriters}. Whoever takes its first lock on a table after {@link
 * #raise} has returned is refused.
 *
 * <p>Veer's own role is the one of the connection. The connection is in no transaction, and used by
 * one thread. Stateless.
 */
public final class PostgresFence {
  /** How writes are refused. */
  public enum Kind {
    /**
     * Statement triggers on the tables, their partitions and children, which refuse every INSERT,
     * UPDATE, DELETE, TRUNCATE, COPY and MERGE, of superusers too, and whatever {@code
     * session_replication_role} says. They let sessions of the exempt roles pass, and those of
     * Veer's role that call themselves {@code veer: …}, as all of Veer's do: an application that
     * logs in as Veer's role is refused. Whoever owns a table, or is a superuser, could disable
     * them; logical replication into the tables does not fire them.
     */
    TRIGGER,
    /**
     * Takes the rights to INSERT, UPDATE, DELETE and TRUNCATE away from everyone but Veer's role
     * and the exempt ones, of columns too, and from the owner. Superusers and members of
     * pg_write_all_data need no rights and are not stopped; an owner could grant them to itself.
     */
    REVOKE,
    /**
     * Sets the database read-only for new sessions and ends all others, of the whole database: for
     * a wave that has all of its tables. A session could set itself writable again: this stops
     * applications, not people who mean it.
     */
    READ_ONLY
  }

  private PostgresFence() {}

  /** What will be changed and how it is now. Reads only. */
  public static FencePlan plan(
      Connection side, Kind kind, List<TableId> tables, List<String> exemptRoles)
      throws SQLException {
    Fence fence =
        switch (kind) {
          case TRIGGER -> TriggerFence.plan(side, tables, exemptRoles);
          case REVOKE -> RevokeFence.plan(side, tables, exemptRoles);
          case READ_ONLY -> ReadOnlyFence.plan(side, exemptRoles);
        };
    return new FencePlan(kind, fence.text());
  }

  /**
   * Does ahead what takes locks and refuses nothing yet, so that {@link #raise} is quick: the
   * triggers are made, and let everyone pass. Needs the plan to be durable, as {@link #raise} does,
   * and is undone by {@link #lower}. Not needed: {@link #raise} does it otherwise.
   *
   * @param lockWait as for {@link #raise}
   */
  public static void prepare(Connection side, FencePlan plan, Duration lockWait)
      throws SQLException {
    fence(plan).prepare(side, lockWait);
  }

  /**
   * Refuses writes from here on: of all tables at once. With a failure, nothing is refused by
   * {@link Kind#TRIGGER} and {@link Kind#REVOKE}, but new sessions may be by {@link
   * Kind#READ_ONLY}; and there may be something to {@link #lower}.
   *
   * @param lockWait how long to wait for locks, or for sessions to end, in all
   * @throws nl.veer.connectors.failure.Failure FENCE_LOCKED, FENCE_SESSIONS: the time ran out, and
   *     the message says who is in the way; FENCE_STALE: the tables are not as planned any more
   */
  public static void raise(Connection side, FencePlan plan, Duration lockWait) throws SQLException {
    fence(plan).raise(side, lockWait);
  }

  /**
   * Accepts writes again, at once; then removes all that the plan has made.
   *
   * @throws nl.veer.connectors.failure.Failure FENCE_REMAINS: writes are accepted, but something
   *     that does no harm could not be removed yet; repeat it
   */
  public static void lower(Connection side, FencePlan plan) throws SQLException {
    fence(plan).lower(side);
  }

  /**
   * Whether every table, partition and child refuses writes, as the catalog says now. A partition
   * that was made after {@link #raise} is not fenced against writes by its own name, only against
   * those through its root: then this is false, and {@link #raise} mends it.
   */
  public static boolean isUp(Connection side, FencePlan plan) throws SQLException {
    return fence(plan).isUp(side);
  }

  /** As the other one, with nobody exempt. */
  public static List<String> obstacles(Connection side, Kind kind, List<TableId> tables)
      throws SQLException {
    return obstacles(side, kind, tables, List.of());
  }

  /**
   * What is in the way of raising such a fence and lowering it exactly, or would get past it; each
   * with the SQL that mends it. Empty if it can be had. Reads only.
   */
  public static List<String> obstacles(
      Connection side, Kind kind, List<TableId> tables, List<String> exemptRoles)
      throws SQLException {
    return PostgresFenceObstacles.read(side, kind, tables, exemptRoles);
  }

  private static Fence fence(FencePlan plan) {
    return switch (plan.kind()) {
      case TRIGGER -> TriggerFence.parse(plan.text());
      case REVOKE -> RevokeFence.parse(plan.text());
      case READ_ONLY -> ReadOnlyFence.parse(plan.text());
    };
  }
}
