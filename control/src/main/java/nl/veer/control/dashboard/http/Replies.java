package nl.veer.control.dashboard.http;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.dashboard.work.Refused;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said where there is no answer: a code and a sentence, never a stack trace. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  static Reply of(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Denied denied) {
      return denied.reply();
    }
    if (cause instanceof Refused refused) {
      return Reply.error(
          switch (refused.why()) {
            case WRONG -> 400;
            case ABSENT -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT -> 409;
          },
          refused.code(),
          refused.words());
    }
    if (cause instanceof Failure failure) {
      return of(failure);
    }
    if (cause instanceof TimeoutException) {
      return Reply.error(503, "SLOW", "There was no answer in time. Ask again in some seconds.")
          .with("Retry-After", "5");
    }
    if (cause instanceof HttpException wrong && wrong.getCode() < 500) {
      return wrong(wrong.getCode());
    }
    if (cause instanceof IOException) {
      return wrong(400);
    }
    // Without the words: they may quote what was worked on.
    LOG.atError().log("A request failed: {}", BareTrace.of(cause));
    return Reply.error(
        500, "INTERNAL", "It failed in a way that nobody foresaw; see the log file.");
  }

  /** A request that Jetty cannot read, or that ended in its middle. */
  static Reply wrong(int status) {
    return Reply.error(
        status, "REQUEST", "The request is not put as it must be, or it is too large.");
  }

  /** A Failure's message holds no row's values. */
  private static Reply of(Failure failure) {
    String words = String.valueOf(failure.getMessage());
    return failure.kind() == FailureKind.BUG
        ? Reply.error(500, failure.code(), words)
        : Reply.error(503, failure.code(), words).with("Retry-After", "5");
  }
}
