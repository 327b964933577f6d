package nl.veer.verifier.blame;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowType;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.value.CanonicalBytes;
import nl.veer.verifier.value.EventValues;
import org.jspecify.annotations.Nullable;

/**
 * Values of events as short digests: the same for the same value, in log and echo, and with another
 * secret in each search, so that nobody can look one up. Owned by one thread.
 */
final class RowMasks {
  private static final int DIGITS = 6;

  /** A row of many columns is cut off there. */
  private static final int TEXT = 1_000;

  private final KeyedDigester digester = new KeyedDigester(DigestKey.random());
  private final CanonicalBytes buffer = new CanonicalBytes();

  /** Each value that a row carries, by column, in the row's order. */
  Map<String, Digest128> of(RowImage row) {
    Map<String, Digest128> values = new LinkedHashMap<>();
    List<RowType.Column> columns = row.type().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (!row.isAbsent(i)) {
        buffer.clear();
        EventValues.write(columns.get(i).encoding(), row.value(i), buffer);
        values.put(columns.get(i).name(), digester.digest(buffer.array(), buffer.size()));
      }
    }
    return values;
  }

  /**
   * Of an old row: all, or only the key's columns where nothing else has a value; a log that holds
   * old rows by their keys leaves the others null.
   */
  Map<String, Digest128> ofOld(RowImage row, List<String> key) {
    List<RowType.Column> columns = row.type().columns();
    boolean whole = false;
    for (int i = 0; i < columns.size(); i++) {
      whole |= row.value(i) != null && !row.isAbsent(i) && !key.contains(columns.get(i).name());
    }
    Map<String, Digest128> values = of(row);
    if (!whole) {
      values.keySet().retainAll(new java.util.HashSet<>(key));
    }
    return values;
  }

  /** For people; null if there is nothing. */
  static @Nullable String text(@Nullable Map<String, Digest128> values) {
    if (values == null || values.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Digest128> one : values.entrySet()) {
      text.append(text.isEmpty() ? "" : ", ").append(one.getKey()).append(" #");
      text.append(one.getValue().text(), 0, DIGITS);
      if (text.length() > TEXT) {
        return text.substring(0, TEXT) + "…";
      }
    }
    return text.toString();
  }

  /** Names of the values that are known to be others than before. */
  static List<String> changed(Map<String, Digest128> before, Map<String, Digest128> after) {
    Map<String, Digest128> changed = new HashMap<>(after);
    changed.keySet().retainAll(before.keySet());
    changed.entrySet().removeIf(one -> one.getValue().equals(before.get(one.getKey())));
    return after.keySet().stream().filter(changed::containsKey).toList();
  }
}
