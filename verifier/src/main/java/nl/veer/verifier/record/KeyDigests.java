package nl.veer.verifier.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.verdict.RowKey;

/**
 * The digest by which a row that differs is known without its values: of its key's texts, each with
 * its length before it, under the secret of the migration's scans. Owned by one thread.
 */
final class KeyDigests {
  private final KeyedDigester digester;

  KeyDigests(DigestKey secret) {
    this.digester = new KeyedDigester(secret);
  }

  String of(RowKey key) {
    List<String> texts = key.texts();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
      bytes.writeBytes(utf8);
    }
    return digester.digest(bytes.toByteArray(), bytes.size()).text();
  }
}
