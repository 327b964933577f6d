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
import nl.veer.verifier.digest.PassingDigester;
import nl.veer.verifier.value.CanonicalBytes;
import nl.veer.verifier.value.EventValues;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/**
 * Digests of rows and of their keys, as one side's events hold them. Those of keys are kept with
 * findings, and those of rows without a key are made of their columns' digests. All other digests
 * of columns end with the batch: there a value of few bytes stands for itself. Owned by one thread.
 */
final class RowDigests {
  private static final int KEY_TEXT = 200;

  private final List<LedgerTable> tables;
  private final Tolerances tolerances;
  private final KeyedDigester kept;
  private final PassingDigester passing;
  private final Shapes shapes;
  private final CanonicalBytes buffer = new CanonicalBytes();
  private final List<Map<RowType, RowForm>> forms;
  private final Map<String, Long> tolerated = new HashMap<>();

  /**
   * @param passing of the same key as the other side's
   * @param shapes the other side's too
   */
  RowDigests(
      List<LedgerTable> tables,
      Tolerances tolerances,
      KeyedDigester kept,
      PassingDigester passing,
      Shapes shapes) {
    this.tables = tables;
    this.tolerances = tolerances;
    this.kept = kept;
    this.passing = passing;
    this.shapes = shapes;
    this.forms =
        tables.stream().<Map<RowType, RowForm>>map(any -> new IdentityHashMap<>()).toList();
  }

  Columns columns(int table, RowImage row) {
    boolean keyed = !tables.get(table).key().isEmpty();
    return form(table, row.type())
        .columns(row, keyed ? this::passing : this::kept, buffer, this::touched);
  }

  private void passing(CanonicalBytes value, long[] into, int index) {
    if (!value.copyShort(into, index)) {
      passing.digest(value.array(), value.size(), into, index);
    }
  }

  private void kept(CanonicalBytes value, long[] into, int index) {
    kept.digest(value.array(), value.size(), into, index);
  }

  private RowForm form(int table, RowType type) {
    Map<RowType, RowForm> known = forms.get(table);
    RowForm form = known.get(type);
    if (form == null) {
      form = RowForm.of(tables.get(table), type, tolerances, shapes);
      known.put(type, form);
    }
    return form;
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
    int[] key = form(table, row.type()).key();
    for (int i = 0; i < key.length; i++) {
      RowImage from = holder(key[i], row, older);
      int index = from == row ? key[i] : form(table, from.type()).key()[i];
      Object value = index < 0 ? null : from.value(index);
      if (value == null || value == RowImage.ABSENT) {
        throw keyMissing(tables.get(table));
      }
      EventValues.write(from.type().columns().get(index).encoding(), value, buffer);
    }
    return digest();
  }

  private static RowImage holder(int index, RowImage row, @Nullable RowImage older) {
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
    kept.digest(buffer.array(), buffer.size(), halves, 0);
    return new RowKey(halves[0], halves[1]);
  }

  /** For people who are to find the row; cut off where it is long. */
  String keyText(int table, RowImage row, @Nullable RowImage older) {
    StringBuilder text = new StringBuilder();
    List<String> names = tables.get(table).key();
    int[] key = form(table, row.type()).key();
    for (int i = 0; i < key.length; i++) {
      String name = names.get(i);
      RowImage from = holder(key[i], row, older);
      Object value = from.value(from == row ? key[i] : form(table, from.type()).key()[i]);
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
