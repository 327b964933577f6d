package nl.veer.control.dashboard.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.dashboard.work.FewThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as commands reach it: on threads of its own, so that no server's thread waits for a
 * database. Refusals are kept too, but only so many: whoever sends what is refused shall not fill
 * the log. Safe for use by several threads.
 */
final class CommandAudit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandAudit.class);
  private static final int THREADS = 2;

  /** Some people's commands; who would wait behind more is asked to come again. */
  private static final int WAITING = 32;

  /** So many refusals at once, and one more each so often. */
  private static final int REFUSALS = 30;

  private static final Duration LAST = Duration.ofSeconds(5);

  private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final CommandDriver driver;
  private final LongSupplier nanos;
  private final FewThreads threads;

  /** Guarded by this. */
  private double refusalsLeft = REFUSALS;

  private long refusedAt;
  private long unkept;

  CommandAudit(CommandDriver driver, LongSupplier nanos) {
    this.driver = driver;
    this.nanos = nanos;
    this.refusedAt = nanos.getAsLong();
    this.threads =
        new FewThreads(
            "dashboard commands",
            THREADS,
            WAITING,
            "More commands wait than can be taken. Ask again in some seconds.");
  }

  /**
   * What needs the log first.
   *
   * @throws Failure TRANSIENT if too many wait already
   */
  <T> CompletableFuture<T> before(Supplier<T> work) {
    return threads.ask(work);
  }

  /**
   * @throws Failure as the log's database says
   */
  void keep(String wave, String what, String result) {
    driver.audit(wave, what, result);
  }

  /** Keeps it; where that cannot be, the log file has it. */
  void tryKeep(String wave, String what, String result) {
    try {
      driver.audit(wave, what, result);
    } catch (Failure failure) {
      LOG.atWarn()
          .addKeyValue("wave", wave)
          .addKeyValue("code", failure.code())
          .log("The audit log could not be written ({}): {}", result, failure.getMessage());
    }
  }

  /** The same beside the caller's thread. */
  void keepLater(String wave, String what, String result) {
    try {
      threads.ask(
          () -> {
            tryKeep(wave, what, result);
            return true;
          });
    } catch (Failure busy) {
      LOG.atWarn().addKeyValue("wave", wave).log("Not in the audit log: {}: {}", what, result);
    }
  }

  /** Keeps that something was refused, as long as there are not too many. */
  void refused(String wave, String what, String code) {
    long before;
    synchronized (this) {
      long now = nanos.getAsLong();
      refusalsLeft = Math.min(REFUSALS, refusalsLeft + (double) (now - refusedAt) / REFUSAL_NANOS);
      refusedAt = now;
      if (refusalsLeft < 1) {
        unkept++;
        return;
      }
      refusalsLeft--;
      before = unkept;
      unkept = 0;
    }
    String more = before == 0 ? "" : ", and %d before that are not kept".formatted(before);
    keepLater(wave, what, "refused: " + code + more);
  }

  /** What waits is kept still, if its database answers soon. */
  @Override
  public void close() {
    if (!threads.endWithin(LAST)) {
      LOG.atWarn().log("The last entries of the audit log could not be written");
    }
  }
}
