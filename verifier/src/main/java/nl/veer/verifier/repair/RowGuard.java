package nl.veer.verifier.repair;

import java.util.List;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.value.CanonicalBytes;
import org.jspecify.annotations.Nullable;

/** Digests of whole rows, by which a row that has changed since it was seen is told. */
final class RowGuard {
  private final KeyedDigester digester = new KeyedDigester(DigestKey.random());
  private final CanonicalBytes buffer = new CanonicalBytes();

  /** Null if there is no row. */
  @Nullable Digest128 of(@Nullable List<@Nullable String> texts) {
    if (texts == null) {
      return null;
    }
    buffer.clear();
    for (String text : texts) {
      if (text == null) {
        buffer.nothing();
      } else {
        buffer.text(text);
      }
    }
    return digester.digest(buffer.array(), buffer.size());
  }
}
