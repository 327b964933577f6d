package nl.veer.verifier.blame;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowType;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.scan.postgres.TableFacts;
import nl.veer.verifier.value.CanonicalBytes;
import nl.veer.verifier.value.EventValues;
import nl.veer.verifier.value.PostgresRowValues;
import org.jspecify.annotations.Nullable;

/**
 * Rows and keys as digests of canonical values, whether they come from a table or from an event; of
 * a key the same that the ledger has. Owned by one thread.
 */
final class RowForms {
  private final KeyedDigester digester;
  private final CanonicalBytes buffer = new CanonicalBytes();

  RowForms(KeyedDigester digester) {
    this.digester = digester;
  }

  /**
   * A row that was read from a table.
   *
   * @param texts one per column, as the types' output functions write them
   */
  RowState state(BlamedTable table, TableFacts side, List<@Nullable String> texts) {
    Map<String, Digest128> columns = new HashMap<>();
    List<String> names = table.table().columns();
    for (int i = 0; i < names.size(); i++) {
      if (table.isWeighed(names.get(i))) {
        buffer.clear();
        reading(side, names.get(i)).write(texts.get(i), buffer);
        columns.put(names.get(i), digester.digest(buffer.array(), buffer.size()));
      }
    }
    return new RowState(true, columns);
  }

  /** A row without a key, as one digest. */
  Digest128 whole(Map<String, Digest128> columns) {
    buffer.clear();
    new TreeMap<>(columns)
        .forEach(
            (name, value) -> {
              buffer.text(name);
              buffer.integer(value.high());
              buffer.integer(value.low());
            });
    return digester.digest(buffer.array(), buffer.size());
  }

  /** The log's key of a row that was read from a table; null if a column of it has no value. */
  @Nullable Digest128 key(BlamedTable table, TableFacts side, List<@Nullable String> texts) {
    buffer.clear();
    for (String name : table.logKey()) {
      int index = table.table().columns().indexOf(name);
      String text = index < 0 ? null : texts.get(index);
      if (text == null) {
        return null;
      }
      reading(side, name).write(text, buffer);
    }
    return digester.digest(buffer.array(), buffer.size());
  }

  private static PostgresRowValues reading(TableFacts side, String column) {
    return PostgresRowValues.of(Objects.requireNonNull(side.column(column)).base());
  }

  /**
   * The key of an event's row; null if the event does not carry it.
   *
   * @param older for columns of the key that the row does not carry
   */
  @Nullable Digest128 key(List<String> key, RowImage row, @Nullable RowImage older) {
    buffer.clear();
    for (String name : key) {
      int index = row.type().indexOf(name);
      RowImage from = index >= 0 && row.isAbsent(index) && older != null ? older : row;
      int at = from.type().indexOf(name);
      Object value = at < 0 ? null : from.value(at);
      if (value == null || value == RowImage.ABSENT) {
        return null;
      }
      EventValues.write(from.type().columns().get(at).encoding(), value, buffer);
    }
    return digester.digest(buffer.array(), buffer.size());
  }

  /** The values that an event's row carries. */
  Map<String, Digest128> columns(BlamedTable table, RowImage row) {
    Map<String, Digest128> columns = new HashMap<>();
    List<RowType.Column> declared = row.type().columns();
    for (int i = 0; i < declared.size(); i++) {
      String name = declared.get(i).name();
      if (!row.isAbsent(i) && table.isWeighed(name)) {
        buffer.clear();
        EventValues.write(declared.get(i).encoding(), row.value(i), buffer);
        columns.put(name, digester.digest(buffer.array(), buffer.size()));
      }
    }
    return columns;
  }
}
