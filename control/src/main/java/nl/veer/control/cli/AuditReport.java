package nl.veer.control.cli;

import java.util.ArrayList;
import java.util.List;
import nl.veer.control.audit.AuditLine;
import nl.veer.verifier.record.AuditHead;
import nl.veer.verifier.record.AuditLog;
import nl.veer.verifier.record.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * The audit log as it is shown: in lines, and as JSON.
 *
 * @param broken what is wrong first; null if nothing is
 * @param count of all entries of the chain
 * @param older entries of Veers that knew of no chain; the chain seals them as they are now
 * @param head the chain's last hash; null if there is no entry
 * @param entries those asked for, the oldest first
 */
record AuditReport(
    @Nullable String broken,
    long count,
    long older,
    @Nullable String head,
    List<AuditLine> entries) {

  /**
   * @param wave only what is about it or about all; null for everything
   * @param limit how many entries, the last ones
   * @param head a hash that must be there; null if none is known
   */
  static AuditReport of(
      List<AuditRecord> records, @Nullable String wave, int limit, @Nullable String head) {
    List<AuditLine> chosen =
        records.stream()
            .filter(one -> wave == null || one.wave().isEmpty() || one.wave().equals(wave))
            .map(AuditLine::of)
            .toList();
    String broken = AuditLog.broken(records).orElse(null);
    if (broken == null && head != null) {
      broken = AuditLog.lost(records, head).orElse(null);
    }
    long older = records.stream().filter(record -> !record.isChained()).count();
    return new AuditReport(
        broken,
        records.size() - older,
        older,
        AuditLog.head(records).map(AuditHead::hash).orElse(null),
        chosen.subList(Math.max(0, chosen.size() - limit), chosen.size()));
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(line(entry)));
    if (broken == null) {
      lines.add(summary());
    }
    return lines;
  }

  private static String line(AuditLine entry) {
    String address = entry.address();
    return "%5s  %s  %s%s%s  %s%s%s"
        .formatted(
            entry.number() == 0 ? "-" : entry.number(),
            entry.at(),
            entry.role(),
            address == null ? "" : " from " + address,
            entry.process().isEmpty() ? "" : " (" + Visible.of(entry.process()) + ")",
            entry.wave().isEmpty() ? "" : "wave " + entry.wave() + "  ",
            Visible.of(entry.what()),
            entry.result().isEmpty() ? "" : ": " + Visible.of(entry.result()));
  }

  private String summary() {
    if (head != null) {
      return "The chain is whole: %,d entries%s, head %s"
          .formatted(count, older == 0 ? "" : " after %,d of an older Veer".formatted(older), head);
    }
    return older == 0
        ? "There is no entry."
        : "%,d entries of an older Veer; the chain begins with the next one.".formatted(older);
  }
}
