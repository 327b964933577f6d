package nl.veer.control.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether, and when, a marker that was sent just now has come to a place. */
sealed interface Arrival {

  /** It came, so long after it was sent. */
  record After(Duration time) implements Arrival {}

  /**
   * It did not come as long as anybody waited: nobody knows whether it will.
   *
   * @param left until the place has caught up, if it goes on as it did meanwhile; null if it did
   *     not come any closer
   */
  record NoneWithin(Duration limit, @Nullable Duration left) implements Arrival {}

  /** Nobody is configured to be there. */
  record Off() implements Arrival {}
}
