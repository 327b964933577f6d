package nl.veer.control.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;

/** What somebody sends, as text: small, and said to be. */
final class SentText {
  private SentText() {}

  /**
   * Ends with a {@link Denied} if it is no text.
   *
   * @param largest so many bytes, at most
   * @throws Denied if it is larger, or does not say how large it is
   */
  static CompletionStage<String> of(Request request, int largest) {
    long length = request.getLength();
    if (length < 0) {
      throw new Denied(411, "BODY", "The length of what is sent is not said.");
    }
    if (length > largest) {
      throw new Denied(413, "BODY", "What is sent is larger than %d bytes.".formatted(largest));
    }
    Promise.Completable<String> text = new Promise.Completable<>();
    Content.Source.asString(request, StandardCharsets.UTF_8, text);
    return text.handle(
        (read, thrown) -> {
          if (thrown instanceof IllegalArgumentException) {
            throw new Denied(400, "BODY", "What is sent is no text in UTF-8.");
          }
          if (thrown != null) {
            throw new CompletionException(thrown);
          }
          return read;
        });
  }
}
