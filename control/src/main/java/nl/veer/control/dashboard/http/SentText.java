package nl.veer.control.dashboard.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
    // Decoded here: Jetty's own way to text throws, or fails, as the bytes happen to come in.
    Promise.Completable<ByteBuffer> bytes = new Promise.Completable<>();
    Content.Source.asByteBuffer(request, bytes);
    return bytes.thenApply(SentText::decoded);
  }

  private static String decoded(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Denied(400, "BODY", "What is sent is no text in UTF-8.");
    }
  }
}
