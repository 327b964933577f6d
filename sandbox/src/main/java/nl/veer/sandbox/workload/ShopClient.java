package nl.veer.sandbox.workload;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of the shop, on a thread of its own. It writes the next of its numbers into
 * shop.commits with every transaction. When the server goes away during a commit, it looks there
 * whether the commit happened, so that what it counts as acknowledged is exact.
 */
final class ShopClient implements Runnable {
  private static final int MOST_ATTEMPTS = 100;
  private static final Duration OUTAGE_PATIENCE = Duration.ofMinutes(2);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

  /**
   * Nothing was written: the same again, by a new connection, which may lead elsewhere; not at
   * once, for many clients that log in again and again keep a server from all else. Not at all once
   * the workload is to stop: nobody knows whether writes will ever be taken again.
   */
  private static final Duration AFTER_REFUSAL = Duration.ofMillis(100);

  private static final Duration KNOCK = Duration.ofMillis(200);

  private final int number;
  private final Connecting connecting;
  private final Mix mix;
  private final int hugeRows;
  private final Pace pace;
  private final Tally tally;
  private final CountDownLatch stopped;
  private @Nullable ShopSession session;
  private long sequence;

  ShopClient(int number, Connecting connecting, WorkloadConfig config, Shared shared) {
    this.number = number;
    this.connecting = connecting;
    this.mix = new Mix(config);
    this.hugeRows = config.hugeRows();
    this.pace = shared.pace();
    this.tally = shared.tally();
    this.stopped = shared.stopped();
  }

  /** What the clients of a workload have in common. */
  record Shared(Pace pace, Tally tally, CountDownLatch stopped) {}

  /** Connects, and goes on behind the last number that is in the database. */
  void open() throws SQLException {
    sequence = lastCommitted(connected());
    tally.begin(number, sequence);
  }

  @Override
  public void run() {
    try {
      for (long ticket = pace.nextTicket(); isDue(ticket); ticket = pace.nextTicket()) {
        perform(ticket);
      }
    } catch (SQLException e) {
      throw new WorkloadFailure("Client " + number + " of the shop failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly();
    }
  }

  private boolean isDue(long ticket) throws InterruptedException {
    long wait = pace.untilDue(ticket);
    return wait <= 0 ? stopped.getCount() > 0 : !stopped.await(wait, TimeUnit.NANOSECONDS);
  }

  private void perform(long ticket) throws SQLException, InterruptedException {
    TransactionKind kind = mix.kindOf(ticket);
    for (int attempt = 0; ; attempt++) {
      try {
        attempt(kind, mix.dice(ticket, attempt));
        return;
      } catch (SQLException e) {
        if (SqlConflicts.isRefusal(e)) {
          tally.refused();
          closeQuietly();
          if (stopped.await(AFTER_REFUSAL.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
        } else if (SqlConflicts.isOutage(e)) {
          tally.outage();
          if (committedAfterAll(e)) {
            acknowledge(kind);
            return;
          }
        } else if (SqlConflicts.isConflict(e) && attempt < MOST_ATTEMPTS) {
          tally.conflict();
          connected().rollback();
        } else {
          throw e;
        }
      }
    }
  }

  private void attempt(TransactionKind kind, Dice dice) throws SQLException {
    ShopSession current = connected();
    kind.transaction().run(current, dice);
    if (kind.commits()) {
      current.run(
          "INSERT INTO shop.commits (client, sequence, kind) VALUES (?, ?, ?)",
          number,
          sequence + 1,
          kind.name());
      current.commit();
      acknowledge(kind);
    } else {
      current.rollback();
    }
  }

  private void acknowledge(TransactionKind kind) {
    sequence++;
    tally.committed(kind, number, sequence);
  }

  /** Waits until the server is back; once the workload is to stop, not as long. */
  private boolean committedAfterAll(SQLException cause) throws SQLException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      closeQuietly();
      try {
        ShopSession fresh = connected();
        return lastCommitted(fresh) > sequence;
      } catch (SQLException e) {
        Duration patience = stopped.getCount() > 0 ? OUTAGE_PATIENCE : LAST_PATIENCE;
        if (!SqlConflicts.isOutage(e) || System.nanoTime() - begin > patience.toNanos()) {
          e.addSuppressed(cause);
          throw e;
        }
        Thread.sleep(KNOCK.toMillis());
      }
    }
  }

  private long lastCommitted(ShopSession fresh) throws SQLException {
    long last =
        fresh.number("SELECT max(sequence) FROM shop.commits WHERE client = ?", number).orElse(0);
    fresh.commit();
    return last;
  }

  private ShopSession connected() throws SQLException {
    ShopSession current = session;
    if (current == null) {
      current = new ShopSession(connecting.connect(), hugeRows);
      session = current;
    }
    return current;
  }

  private void closeQuietly() {
    try (ShopSession ending = session) {
      session = null;
    } catch (SQLException e) {
      session = null;
    }
  }
}
