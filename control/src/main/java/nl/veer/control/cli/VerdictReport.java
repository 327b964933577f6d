package nl.veer.control.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.record.VerdictRecord;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.VerdictChange;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as it is shown: in lines, and as JSON.
 *
 * @param leg that the wave is on: of an odd one, the position is the target's
 * @param table null for the whole wave
 * @param reason null unless the verdict is UNKNOWN
 * @param words for people; null unless the verdict is UNKNOWN
 * @param position of the source, for which EQUAL or DIFFERENT holds; of UNKNOWN that up to which it
 *     was known to be equal; null if it never was
 * @param history the oldest first
 */
record VerdictReport(
    String wave,
    int leg,
    @Nullable String table,
    String verdict,
    @Nullable String reason,
    @Nullable String words,
    @Nullable String position,
    List<Change> history,
    @JsonIgnore Verdict of) {

  /** One change. */
  record Change(
      String at,
      String verdict,
      @Nullable String reason,
      @Nullable String words,
      @Nullable String position,
      String changedBy) {}

  static VerdictReport of(
      WaveId leg,
      @Nullable String table,
      Verdict verdict,
      @Nullable String position,
      List<VerdictRecord> history) {
    return new VerdictReport(
        leg.home().wave(),
        leg.legNumber(),
        table,
        verdict.word(),
        VerdictChange.reasonOf(verdict),
        verdict instanceof Verdict.Unknown unknown ? unknown.words() : null,
        position,
        history.stream()
            .map(
                one ->
                    new Change(
                        one.at().toString(),
                        one.verdict(),
                        one.reason(),
                        one.words(),
                        one.position(),
                        one.changedBy()))
            .toList(),
        verdict);
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    boolean unknown = reason != null;
    lines.add(
        "%-9s wave %s%s%s%s"
            .formatted(
                verdict,
                wave,
                leg == 0 ? "" : ", leg " + leg,
                table == null ? "" : ", table " + table,
                position == null ? "" : (unknown ? ", was EQUAL up to " : " at ") + position));
    if (unknown) {
      lines.add("          " + reason + ": " + words);
    }
    for (Change change : history) {
      lines.add(
          "  %s  %s%s%s, by %s"
              .formatted(
                  change.at,
                  change.verdict,
                  change.reason == null ? "" : " (" + change.reason + ")",
                  change.position == null ? "" : " at " + change.position,
                  change.changedBy));
    }
    return lines;
  }
}
