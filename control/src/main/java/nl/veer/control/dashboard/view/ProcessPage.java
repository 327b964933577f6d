package nl.veer.control.dashboard.view;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page on which the serving process tells of itself, for programs that look after processes. It
 * is no part of the API.
 *
 * @param path for example {@code /metrics}
 * @param open whether everybody is told something; if not, nothing is made for others
 * @param asked makes the answer, from what is known already
 */
public record ProcessPage(String path, String mediaType, boolean open, Supplier<Said> asked) {

  /**
   * @param status of HTTP
   * @param whole for whoever may look at the dashboard
   * @param brief for all others; null if they are told nothing
   */
  public record Said(int status, String whole, @Nullable String brief) {}
}
