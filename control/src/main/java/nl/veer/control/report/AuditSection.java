package nl.veer.control.report;

import java.util.List;
import nl.veer.verifier.record.AuditHead;
import nl.veer.verifier.record.AuditLog;
import nl.veer.verifier.record.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, and the chain's head: whoever keeps this report can see later that no entry was
 * taken away since ({@code veer audit --head}).
 *
 * @param count of the chain's entries
 * @param head its last hash; null if there is no entry
 * @param broken what is wrong with the chain first; null if it is whole
 * @param older entries that a Veer without a chain has written
 * @param unlisted entries before those that are listed
 */
public record AuditSection(
    long count,
    @Nullable String head,
    @Nullable String broken,
    long older,
    long unlisted,
    List<Entry> entries) {
  /** The last ones; the chain's head stands for all. */
  private static final int LISTED = 10_000;

  public AuditSection {
    entries = List.copyOf(entries);
  }

  /** One entry. */
  public record Entry(
      long number,
      String at,
      String role,
      @Nullable String address,
      String process,
      String wave,
      String what,
      String result) {}

  static AuditSection of(List<AuditRecord> records) {
    long older = records.stream().filter(record -> !record.isChained()).count();
    int first = Math.max(0, records.size() - LISTED);
    return new AuditSection(
        records.size() - older,
        AuditLog.head(records).map(AuditHead::hash).orElse(null),
        AuditLog.broken(records).orElse(null),
        older,
        first,
        records.subList(first, records.size()).stream().map(AuditSection::entry).toList());
  }

  private static Entry entry(AuditRecord record) {
    return new Entry(
        record.number(),
        record.at().toString(),
        record.role(),
        record.address(),
        record.process(),
        record.wave(),
        record.what(),
        record.result());
  }
}
