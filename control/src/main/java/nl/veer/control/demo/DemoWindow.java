package nl.veer.control.demo;

import java.nio.file.Path;
import java.util.Optional;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;

/** Lets others look into a demo while it runs. Called by the demo's thread. */
public interface DemoWindow {
  /** Nobody looks in. */
  DemoWindow NONE =
      (config, file, migration, log, run) ->
          new Open() {
            @Override
            public Optional<String> words() {
              return Optional.empty();
            }

            @Override
            public void close() {
              // Nothing was opened.
            }
          };

  /**
   * Opens it; the demo goes on whether that can be done or not.
   *
   * @param file of the configuration
   */
  Open open(VeerConfig config, Path file, Migration migration, OpenLog log, MigrationRun run);

  /** An open window. */
  interface Open extends AutoCloseable {
    /** Where it is, or why it is not; empty if none is wanted. */
    Optional<String> words();

    @Override
    void close();
  }
}
