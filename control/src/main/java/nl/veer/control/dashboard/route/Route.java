package nl.veer.control.dashboard.route;

import java.util.List;
import java.util.concurrent.CompletionStage;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.command.Caller;
import nl.veer.control.dashboard.work.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked for.
 *
 * @param path with its parameters in braces: {@code /api/v1/waves/{wave}}
 * @param id the operation's name, as programs made from the OpenAPI document call it
 * @param words what the answer is, in a sentence
 * @param role that somebody must have at least
 */
public record Route(
    String path,
    String id,
    String words,
    List<Parameter> parameters,
    DashboardRole role,
    Content content) {

  public Route {
    parameters = List.copyOf(parameters);
  }

  /** What the answer is made of. */
  public sealed interface Content {}

  /** A record, as JSON. */
  public record Body(Class<?> type, Asking asking) implements Content {}

  /** A file. */
  public record File(String mediaType, Filing filing) implements Content {}

  /**
   * Server-sent events, one after the other until somebody ends it.
   *
   * @param event its name
   * @param type of its data
   */
  public record Events(String event, Class<?> type) implements Content {}

  /** What the server knows of who asks, as JSON. */
  public record Self(Class<?> type) implements Content {}

  /** A record that depends on who asks, as JSON. */
  public record Personal(Class<?> type, PersonalAsking asking) implements Content {}

  /**
   * Something that is done (POST), and a record of it.
   *
   * @param request the type of what is sent, as JSON
   * @param status of the answer
   * @param type of the answer, as JSON
   */
  public record Action<T>(
      Class<T> request, int status, Class<?> type, Acting<T> acting, Refusing<T> refusing)
      implements Content {}

  /** Whether it is asked for with POST, and not with GET. */
  public boolean isAction() {
    return content instanceof Action;
  }

  /** Finds the answer for somebody. */
  public interface PersonalAsking {
    /**
     * @throws Refused at once
     */
    Object ask(Asked asked, Caller caller);
  }

  /** Does it. */
  public interface Acting<T> {
    /**
     * @throws Refused at once, or as the end of what is returned; a Failure likewise
     */
    CompletionStage<?> act(Asked asked, Caller caller, T request);
  }

  /** Learns that somebody was refused, whom the server knows. */
  public interface Refusing<T> {
    /**
     * @param request null if it could not be read
     * @param code that was told
     */
    void refused(Asked asked, Caller caller, @Nullable T request, String code);
  }

  /** Finds the answer. */
  public interface Asking {
    /**
     * @throws Refused at once, or as the end of what is returned; a Failure likewise
     */
    CompletionStage<?> ask(Asked asked);
  }

  /** Finds the file. */
  public interface Filing {
    CompletionStage<Download> ask(Asked asked);
  }
}
