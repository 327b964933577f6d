package nl.veer.control.dashboard.live;

import java.util.ArrayList;
import java.util.List;
import nl.veer.control.dashboard.view.ShownRow;
import nl.veer.control.dashboard.view.ShownRow.Both;
import nl.veer.control.dashboard.view.ShownRow.KeyValue;
import nl.veer.verifier.blame.RowReading;
import nl.veer.verifier.blame.RowValues;
import nl.veer.verifier.record.DifferenceRecord;
import org.jspecify.annotations.Nullable;

/** Rows as they are shown: each value up to 4 kB, and no more columns than a screen takes. Pure. */
final class ShownRows {
  /** Characters of a value. */
  static final int LONGEST = 4_096;

  /** Of a table that has more, the first ones. */
  static final int COLUMNS = 200;

  private ShownRows() {}

  static ShownRow of(DifferenceRecord difference, RowReading.Read read) {
    RowValues values = read.values();
    if (values == null) {
      return new ShownRow(
          difference.table().toString(),
          key(difference, read.key()),
          List.of(),
          null,
          null,
          "The row is larger than 8 MiB; veer diff --show-values shows it.");
    }
    List<@Nullable String> source = values.source();
    List<@Nullable String> target = values.target();
    List<Both> columns = new ArrayList<>();
    for (int i = 0; i < Math.min(COLUMNS, values.columns().size()); i++) {
      String there = source == null ? null : source.get(i);
      String here = target == null ? null : target.get(i);
      columns.add(
          new Both(
              values.columns().get(i),
              cut(there),
              cut(here),
              source == null,
              target == null,
              isCut(there) || isCut(here)));
    }
    return new ShownRow(
        difference.table().toString(),
        key(difference, read.key()),
        columns,
        read.source() == null ? null : read.source().text(),
        read.applied() == null ? null : read.applied().text(),
        words(values));
  }

  static ShownRow none(DifferenceRecord difference, String words) {
    return new ShownRow(difference.table().toString(), List.of(), List.of(), null, null, words);
  }

  private static @Nullable String words(RowValues values) {
    if (values.source() == null && values.target() == null) {
      return "The row is on neither side now.";
    }
    if (values.columns().isEmpty()) {
      return "Both sides hold the same now.";
    }
    return values.columns().size() > COLUMNS
        ? "Of %d columns the first %d are shown.".formatted(values.columns().size(), COLUMNS)
        : null;
  }

  private static List<KeyValue> key(DifferenceRecord difference, List<String> names) {
    List<String> texts = difference.key().texts();
    List<KeyValue> key = new ArrayList<>();
    for (int i = 0; i < Math.min(names.size(), texts.size()); i++) {
      String text = texts.get(i);
      key.add(new KeyValue(names.get(i), text.length() > LONGEST ? cut(text) + "…" : text));
    }
    return key;
  }

  private static boolean isCut(@Nullable String text) {
    return text != null && text.length() > LONGEST;
  }

  /** Not through a character of two units. */
  private static @Nullable String cut(@Nullable String text) {
    if (text == null || text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }
}
