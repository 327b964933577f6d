package nl.veer.connectors.log;

import java.util.Optional;
import nl.veer.connectors.failure.Failure;

/**
 * Where words go that tell of now. One that cannot be written soon is dropped, for the next one
 * follows in a moment. Owned by one thread.
 */
public interface StatusOutlet extends AutoCloseable {

  /** Says it, in the place of what was said under this key before; does not wait for it. */
  void say(String key, String json);

  /** Takes back what was said under this key. */
  void forget(String key);

  /** Why something was not written; empty as long as everything is. */
  Optional<Failure> failure();

  /** Waits for what was said, but not for long, and not at all where that was refused. */
  @Override
  void close();
}
