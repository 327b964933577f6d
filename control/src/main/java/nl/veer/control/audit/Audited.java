package nl.veer.control.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.VeerConfig;
import nl.veer.verifier.record.AuditEntry;
import nl.veer.verifier.record.AuditLog;

/**
 * Keeps what a command does in the migration's audit log, at home on the configured target. What
 * cannot be kept is not done: each call fails before the work, if the log cannot be written. Of a
 * process that was killed the log has that it began, and no end. Where Veer has left nothing on the
 * target there is nothing to do or to show, and no log is begun to say so: that is for the roles.
 * Owned by the command's thread.
 */
public final class Audited {
  /** What an entry says before the work. */
  public static final String ASKED = "asked for";

  /** What an entry says after it. */
  public static final String DONE = "done";

  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final TargetConnections home;
  private final String migration;

  private Audited(TargetConnections home, String migration) {
    this.home = home;
    this.migration = migration;
  }

  public static Audited of(VeerConfig config) {
    return new Audited(new TargetConnections(config.target().endpoint()), config.migration());
  }

  /**
   * Keeps that something was asked for, before it is given: values that are shown, for example.
   *
   * @param wave empty for the whole migration
   * @param what as somebody would ask for it again; never a row's value
   * @throws Failure as the target says
   */
  public void asked(String wave, String what) {
    keep(new AuditEntry(migration, wave, what, ASKED));
  }

  /**
   * Does it between two entries: that it was asked for, and how it ended.
   *
   * @throws Failure as the target says, or as the work says
   */
  public void around(String wave, String what, Runnable work) {
    asked(wave, what);
    try {
      work.run();
    } catch (RuntimeException e) {
      String code = e instanceof Failure failure ? failure.code() : e.getClass().getSimpleName();
      try {
        keep(new AuditEntry(migration, wave, what, "failed: " + code));
      } catch (Failure unkept) {
        e.addSuppressed(unkept);
      }
      throw e;
    }
    keep(new AuditEntry(migration, wave, what, DONE));
  }

  /**
   * Keeps something of which this is all: who was refused what, for example.
   *
   * @param wave empty for the whole migration
   * @param result how it ended, or will not begin
   * @throws Failure as the target says
   */
  public void kept(String wave, String what, String result) {
    keep(new AuditEntry(migration, wave, what, result));
  }

  private void keep(AuditEntry entry) {
    try (Connection connection = home.openBounded("audit", ANSWER)) {
      if (AuditLog.hasPlace(connection)) {
        AuditLog.append(connection, entry);
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "writing the audit log");
    }
  }
}
