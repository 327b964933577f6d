package nl.veer.control.dashboard.live;

import java.util.Optional;
import nl.veer.control.status.MigrationStatus;

/** Where a dashboard's process knows from how far everything is. */
public interface StatusSource {
  /** Reads it. */
  MigrationStatus read();

  /** What another reader of this process has read last; empty where there is none. */
  default Optional<MigrationStatus> overheard() {
    return Optional.empty();
  }
}
