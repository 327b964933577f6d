package nl.veer.control.kill;

import nl.veer.control.crossing.CommandProcess;
import nl.veer.sandbox.postgres.StopMode;

/** What ends in the middle of a cutover. A server is started again at once, the command is not. */
enum CutoverFault {
  /** And the attempt is undone by another process. */
  KILLED_THEN_ABORTED {
    @Override
    void strike(CommandProcess driver, OwnServers servers) {
      driver.kill9();
    }
  },
  /** And another process goes on with the attempt. */
  KILLED_THEN_RESUMED {
    @Override
    void strike(CommandProcess driver, OwnServers servers) {
      driver.kill9();
    }
  },
  SOURCE_IMMEDIATE {
    @Override
    void strike(CommandProcess driver, OwnServers servers) {
      servers.source().restart(StopMode.IMMEDIATE);
    }
  },
  SOURCE_KILLED {
    @Override
    void strike(CommandProcess driver, OwnServers servers) {
      servers.source().restart(StopMode.KILL);
    }
  },
  TARGET_IMMEDIATE {
    @Override
    void strike(CommandProcess driver, OwnServers servers) {
      servers.target().restart(StopMode.IMMEDIATE);
    }
  },
  TARGET_KILLED {
    @Override
    void strike(CommandProcess driver, OwnServers servers) {
      servers.target().restart(StopMode.KILL);
    }
  },
  BROKER_KILLED {
    @Override
    void strike(CommandProcess driver, OwnServers servers) {
      servers.kafka().stop(true);
      servers.kafka().resume();
    }
  };

  abstract void strike(CommandProcess driver, OwnServers servers);
}
