package nl.veer.control.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.verifier.record.AuditEntry;
import nl.veer.verifier.record.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the audit log that a process took a role up, and how it ended. A role that runs for
 * months is never held up by that: a thread of its own writes the beginning, again and again while
 * the target is away. Owned by the role's thread.
 */
public final class AuditedRole implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditedRole.class);

  /** Also how much longer an end takes at most, where the target does not answer. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final TargetConnections home;
  private final String migration;
  private final String what;
  private final StopSignal stop = new StopSignal();
  private final Thread writer;
  private volatile boolean begun;
  private String result = "ended";

  private AuditedRole(TargetConnections home, String migration, String what) {
    this.home = home;
    this.migration = migration;
    this.what = what;
    this.writer = new Thread(this::begin, "veer audit");
    writer.setDaemon(true);
  }

  /**
   * From now on the role is known to run.
   *
   * @param what for example {@code veer run}
   */
  public static AuditedRole begin(VeerConfig config, String what) {
    AuditedRole role =
        new AuditedRole(
            new TargetConnections(config.target().endpoint()), config.migration(), what);
    role.writer.start();
    return role;
  }

  /** What the end is to say; {@code ended} if nothing is said. */
  public void failed(Failure failure) {
    result = "failed: " + failure.code();
  }

  private void begin() {
    boolean told = false;
    while (!stop.isRaised()) {
      try {
        append("began");
        begun = true;
        return;
      } catch (Failure failure) {
        if (!told) {
          tell(failure);
          told = true;
        }
        if (failure.kind() != FailureKind.TRANSIENT) {
          return;
        }
        stop.await(PAUSE);
      }
    }
  }

  private void append(String how) {
    try (Connection connection = home.openBounded("audit", ANSWER)) {
      AuditLog.append(connection, new AuditEntry(migration, "", what, how));
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "writing the audit log");
    }
  }

  private static void tell(Failure failure) {
    LOG.atWarn()
        .addKeyValue("code", failure.code())
        .log("The audit log could not be written: {}", failure.getMessage());
  }

  /** Where the beginning could not be written, no end is tried. */
  @Override
  public void close() {
    stop.raise();
    try {
      writer.join(ANSWER.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (begun) {
      try {
        append(result);
      } catch (Failure failure) {
        tell(failure);
      }
    }
  }
}
