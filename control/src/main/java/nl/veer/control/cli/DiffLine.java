package nl.veer.control.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.blame.RowValues;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.FindingRecord;
import org.jspecify.annotations.Nullable;

/**
 * A difference or a finding as it is printed.
 *
 * @param foundBy {@code scan} or {@code ledger}
 * @param kind of a difference MISSING, EXTRA or VALUES; of a finding its code
 * @param key its text if that was asked for, else its digest
 * @param sourcePosition of a difference, where the source was read; of a finding, the log's
 * @param targetPosition of a difference, the source's position that the target held; of a finding,
 *     the target's own
 * @param values per column its value on source and target, if that was asked for
 */
record DiffLine(
    String wave,
    String foundBy,
    long id,
    String state,
    String kind,
    String table,
    String key,
    List<String> columns,
    @Nullable String sourcePosition,
    @Nullable String targetPosition,
    String foundAt,
    @Nullable String lastSeenAt,
    @Nullable String inLog,
    @Nullable String inEcho,
    @Nullable String targetTransaction,
    @Nullable String what,
    @Nullable String culprit,
    @Nullable String blame,
    @Nullable String closedBy,
    @Nullable Map<String, List<@Nullable String>> values) {

  /**
   * @param shown whether the key is shown, not its digest
   * @param values null if they are not asked for, or not known
   */
  static DiffLine of(WaveId wave, DifferenceRecord one, boolean shown, @Nullable RowValues values) {
    return new DiffLine(
        wave.home().wave(),
        "scan",
        one.id(),
        one.state().name(),
        one.kind().name(),
        one.table().toString(),
        shown ? Visible.of(String.join(", ", one.key().texts())) : one.keyDigest(),
        one.columns(),
        one.source().text(),
        one.target().text(),
        one.foundAt().toString(),
        one.lastSeenAt().toString(),
        null,
        null,
        null,
        null,
        one.culprit(),
        one.blame(),
        one.closedBy(),
        values == null ? null : byColumn(values));
  }

  static DiffLine of(WaveId wave, FindingRecord one, boolean shown) {
    return new DiffLine(
        wave.home().wave(),
        "ledger",
        one.id(),
        one.isOpen() ? "OPEN" : "CLOSED",
        one.code(),
        one.table(),
        shown ? Visible.of(one.keyText()) : one.keyDigest(),
        one.columns(),
        one.logPosition(),
        one.echoPosition(),
        one.foundAt().toString(),
        null,
        one.inLog(),
        one.inEcho(),
        one.echoTransaction(),
        one.what(),
        one.culprit(),
        one.blame(),
        one.closedBy(),
        null);
  }

  private static Map<String, List<@Nullable String>> byColumn(RowValues values) {
    Map<String, List<@Nullable String>> columns = new LinkedHashMap<>();
    List<@Nullable String> source = values.source();
    List<@Nullable String> target = values.target();
    for (int i = 0; i < values.columns().size(); i++) {
      List<@Nullable String> both = new ArrayList<>();
      both.add(source == null ? null : source.get(i));
      both.add(target == null ? null : target.get(i));
      columns.put(values.columns().get(i), both);
    }
    return columns;
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %d  %s  %s%s  %s"
            .formatted(
                foundBy,
                id,
                kind,
                table,
                columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")",
                closedBy == null ? state : state + " by " + closedBy));
    lines.add("     key %s".formatted(key.isEmpty() ? "-" : key));
    lines.add(
        what == null
            ? "     source at %s, target at %s; found %s, last seen %s"
                .formatted(sourcePosition, targetPosition, foundAt, lastSeenAt)
            : "     %s: log %s at %s; target %s at %s, its transaction %s"
                .formatted(what, inLog, sourcePosition, inEcho, targetPosition, targetTransaction));
    if (culprit != null) {
      lines.add("     %s: %s".formatted(culprit, blame));
    }
    if (values != null) {
      values.forEach(
          (column, both) ->
              lines.add(
                  "     %s: source %s, target %s"
                      .formatted(column, Visible.of(both.get(0)), Visible.of(both.get(1)))));
    }
    return lines;
  }
}
