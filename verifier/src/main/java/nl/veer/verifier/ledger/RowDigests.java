package nl.veer.verifier.ledger;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.value.CanonicalBytes;
import nl.veer.verifier.value.EventValues;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/** Digests of rows and of their keys, as one side's events hold them. Owned by one thread. */
final class RowDigests {
  private static final int KEY_TEXT = 200;

  private final List<LedgerTable> tables;
  private final Tolerances tolerances;
  private final KeyedDigester digester;
  private final CanonicalBytes buffer = new CanonicalBytes();
  private final List<Map<RowType, RowForm>> forms;
  private final Map<String, Long> tolerated = new HashMap<>();

  RowDigests(List<LedgerTable> tables, Tolerances tolerances, KeyedDigester digester) {
    this.tables = tables;
    this.tolerances = tolerances;
    this.digester = digester;
    this.forms =
        tables.stream().<Map<RowType, RowForm>>map(any -> new IdentityHashMap<>()).toList();
  }

  Columns columns(int table, RowImage row) {
    RowForm form =
        forms
            .get(table)
            .computeIfAbsent(row.type(), type -> RowForm.of(tables.get(table), type, tolerances));
    return form.columns(row, digester, buffer, this::touched);
  }

  private void touched(Tolerance tolerance) {
    tolerated.merge(tolerance.toString(), 1L, Long::sum);
  }

  /** Rows that each tolerance touched since the last call. */
  Map<String, Long> takeTolerated() {
    Map<String, Long> taken = Map.copyOf(tolerated);
    tolerated.clear();
    return taken;
  }

  /**
   * The key that a row has.
   *
   * @param older for columns of the key that the row does not carry
   */
  RowKey key(int table, RowImage row, @Nullable RowImage older) {
    buffer.clear();
    for (String name : tables.get(table).key()) {
      RowImage from = holder(name, row, older);
      int index = from.type().indexOf(name);
      Object value = index < 0 ? null : from.value(index);
      if (value == null || value == RowImage.ABSENT) {
        throw keyMissing(tables.get(table));
      }
      EventValues.write(from.type().columns().get(index).encoding(), value, buffer);
    }
    return digest();
  }

  private static RowImage holder(String name, RowImage row, @Nullable RowImage older) {
    int index = row.type().indexOf(name);
    return older != null && index >= 0 && row.isAbsent(index) ? older : row;
  }

  /** Of a row without a key: the digest of those of its columns that are in the shape. */
  RowKey whole(Columns row, Shape shape) {
    buffer.clear();
    for (int i = 0; i < shape.size(); i++) {
      int from = row.shape() == shape ? i : row.shape().indexOf(shape.name(i));
      buffer.text(shape.name(i));
      if (from < 0 || row.mark(from) != Columns.KNOWN) {
        buffer.absent();
      } else {
        buffer.integer(row.digests()[2 * from]);
        buffer.integer(row.digests()[2 * from + 1]);
      }
    }
    return digest();
  }

  private RowKey digest() {
    long[] halves = new long[2];
    digester.digest(buffer.array(), buffer.size(), halves, 0);
    return new RowKey(halves[0], halves[1]);
  }

  /** For people who are to find the row; cut off where it is long. */
  String keyText(int table, RowImage row, @Nullable RowImage older) {
    StringBuilder text = new StringBuilder();
    for (String name : tables.get(table).key()) {
      RowImage from = holder(name, row, older);
      Object value = from.value(from.type().indexOf(name));
      text.append(text.isEmpty() ? "" : ", ").append(name).append('=');
      text.append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
      if (text.length() > KEY_TEXT) {
        return text.substring(0, KEY_TEXT) + "…";
      }
    }
    return text.toString();
  }

  private static Failure keyMissing(LedgerTable table) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "KEY_MISSING",
        "An event of table %s does not carry its key (%s). Was the replica identity or the primary"
                .formatted(table.id(), String.join(", ", table.key()))
            + " key of one side changed? Make both sides alike; the ledger then goes on by itself.");
  }
}
