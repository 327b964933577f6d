package nl.veer.control.kill;

import nl.veer.control.crossing.CommandProcess;
import nl.veer.sandbox.postgres.StopMode;

/** What ends in the middle of a cutover. A server is started again at once, the command is not. */
enum CutoverFault {
  /** And the attempt is undone by another process. */
  KILLED_THEN_ABORTED((driver, servers) -> driver.kill9()),
  /** And another process goes on with the attempt. */
  KILLED_THEN_RESUMED((driver, servers) -> driver.kill9()),
  SOURCE_IMMEDIATE((driver, servers) -> servers.source().restart(StopMode.IMMEDIATE)),
  SOURCE_KILLED((driver, servers) -> servers.source().restart(StopMode.KILL)),
  TARGET_IMMEDIATE((driver, servers) -> servers.target().restart(StopMode.IMMEDIATE)),
  TARGET_KILLED((driver, servers) -> servers.target().restart(StopMode.KILL)),
  BROKER_KILLED(
      (driver, servers) -> {
        servers.kafka().stop(true);
        servers.kafka().resume();
      });

  private final Blow blow;

  private interface Blow {
    void strike(CommandProcess driver, OwnServers servers);
  }

  CutoverFault(Blow blow) {
    this.blow = blow;
  }

  void strike(CommandProcess driver, OwnServers servers) {
    blow.strike(driver, servers);
  }
}
