package nl.veer.verifier.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of the audit log's chain. An entry's hash is SHA-256 over
 *
 * <pre>
 *   text("veer audit 1") text(previous) number seconds nanos text(role) text(address)
 *   text(process) text(migration) text(wave) text(what) text(result)
 *
 *   text(x) = length of the UTF-8 in bytes, 4 bytes big-endian, then these; length -1 for null
 * </pre>
 *
 * with numbers of 8 bytes: no two entries have the same form. The first entry's {@code previous} is
 * the hash of all entries that are older than the chain, so that from then on they are sealed as
 * well. A chain of hashes shows any change to whoever knows its end; whoever may write the table
 * can compute all of it anew, so the end is kept elsewhere, in a signed report.
 */
final class AuditChain {
  private static final String FORM = "veer audit 1";
  private static final String BEGINNING = "veer audit beginning 1";

  private AuditChain() {}

  /** What the first entry follows: the older entries, in their order. */
  static String beginning(String migration, List<AuditRecord> older) {
    MessageDigest digest = sha256();
    text(digest, BEGINNING);
    text(digest, migration);
    number(digest, older.size());
    older.forEach(record -> fields(digest, record));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The entry's hash, after the given one. */
  static String hash(String previous, AuditRecord record) {
    MessageDigest digest = sha256();
    text(digest, FORM);
    text(digest, previous);
    fields(digest, record);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Where the chain is broken first, in words; empty if it is whole. */
  static Optional<String> broken(List<AuditRecord> records) {
    int first = 0;
    while (first < records.size() && !records.get(first).isChained()) {
      first++;
    }
    if (first == records.size()) {
      return Optional.empty();
    }
    List<AuditRecord> older = records.subList(0, first);
    String previous = beginning(records.get(first).migration(), older);
    for (int i = first; i < records.size(); i++) {
      long expected = i - first + 1L;
      Optional<String> broken = broken(records.get(i), expected, previous);
      if (broken.isPresent()) {
        return broken;
      }
      previous = hash(previous, records.get(i));
    }
    return Optional.empty();
  }

  private static Optional<String> broken(AuditRecord record, long expected, String previous) {
    if (!record.isChained()) {
      return Optional.of(
          "an entry without a number stands behind entry " + (expected - 1) + ": it was inserted");
    }
    if (record.number() > expected) {
      return Optional.of(
          record.number() == expected + 1
              ? "entry %d is missing".formatted(expected)
              : "the entries %d to %d are missing".formatted(expected, record.number() - 1));
    }
    if (record.number() < expected) {
      return Optional.of(
          "entry %d stands where entry %d belongs: entries were inserted or reordered"
              .formatted(record.number(), expected));
    }
    if (record.hash() == null
        || record.previous() == null
        || !record.hash().equals(hash(record.previous(), record))) {
      return Optional.of("entry %d was changed".formatted(expected));
    }
    if (!record.previous().equals(previous)) {
      return Optional.of(
          expected == 1
              ? "entry 1 does not follow the entries before the chain: one of them was changed,"
                  + " removed or inserted"
              : "entry %d does not follow entry %d: one of the two was replaced"
                  .formatted(expected, expected - 1));
    }
    return Optional.empty();
  }

  private static void fields(MessageDigest digest, AuditRecord record) {
    number(digest, record.number());
    number(digest, record.at().getEpochSecond());
    number(digest, record.at().getNano());
    text(digest, record.role());
    text(digest, record.address());
    text(digest, record.process());
    text(digest, record.migration());
    text(digest, record.wave());
    text(digest, record.what());
    text(digest, record.result());
  }

  private static void number(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  private static void text(MessageDigest digest, @Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    int length = text == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
