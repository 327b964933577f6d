package nl.veer.control.standby;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.dialect.postgres.LeaseHolder;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresLease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's lease at one server. A session that breaks is opened again; what the server still
 * keeps for the broken one, it is told to end. Owned by one thread at a time.
 */
final class SideLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SideLease.class);

  /** A server that is too busy to answer in time says so. */
  private static final String CANCELED = "57014";

  private final String side;
  private final List<String> names;
  private final Opening opening;
  private @Nullable PostgresLease open;
  private boolean held;

  /** The last session that held it; null if none did. */
  private @Nullable LeaseHolder former;

  /** Whoever was seen to hold it last. */
  private @Nullable LeaseHolder other;

  /** Opens a session of which no answer is waited for long. */
  interface Opening {
    Connection open() throws SQLException;
  }

  /** What is seen of the lease. */
  enum Seen {
    /** It is this process's. */
    OWN,
    FREE,
    ANOTHERS,
    /** The server could not be asked. */
    NOTHING
  }

  /**
   * @param side {@code source} or {@code target}
   * @param names at least one
   */
  SideLease(String side, List<String> names, Opening opening) {
    this.side = side;
    this.names = List.copyOf(names);
    this.opening = opening;
  }

  private interface Question {
    Seen ask(PostgresLease lease) throws SQLException;
  }

  /** Looks; also says that this process is there, of whoever holds the lease or waits for it. */
  Seen look() {
    return held ? asking(SideLease::renewed) : asking(this::free);
  }

  private static Seen renewed(PostgresLease lease) throws SQLException {
    lease.renew();
    return Seen.OWN;
  }

  private Seen free(PostgresLease lease) throws SQLException {
    LeaseHolder now = lease.holder().orElse(null);
    if (now != null && now.equals(former)) {
      lease.end(now);
      return Seen.NOTHING;
    }
    other = now;
    return now == null ? Seen.FREE : Seen.ANOTHERS;
  }

  /** Lets others see that this process waits. */
  void showWaiting() {
    asking(
        lease -> {
          lease.await();
          return Seen.ANOTHERS;
        });
  }

  /** Takes it, if it is free. */
  Seen take() {
    return held
        ? Seen.OWN
        : asking(
            lease -> {
              held = lease.take();
              former = held ? lease.self() : former;
              return held ? Seen.OWN : Seen.ANOTHERS;
            });
  }

  private Seen asking(Question question) {
    try {
      PostgresLease session = open;
      if (session == null) {
        session = PostgresLease.open(opening.open(), names);
        open = session;
      }
      return question.ask(session);
    } catch (SQLException e) {
      LOG.atDebug().addKeyValue("side", side).log("No lease: {}", PostgresFailures.words(e));
      if (held && CANCELED.equals(e.getSQLState())) {
        // The session lives, and holds it.
        return Seen.OWN;
      }
      close();
      return Seen.NOTHING;
    }
  }

  /** Who holds it, for people, as of the last look. */
  String holder() {
    LeaseHolder seen = other;
    return seen == null ? "" : "%s of the %s".formatted(seen.words(), side);
  }

  /** Gives it free. */
  @Override
  public void close() {
    PostgresLease session = open;
    open = null;
    held = false;
    if (session != null) {
      try {
        session.close();
      } catch (SQLException e) {
        LOG.debug("A lease's session did not close", e);
      }
    }
  }
}
