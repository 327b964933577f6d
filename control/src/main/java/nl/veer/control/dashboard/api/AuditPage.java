package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.audit.AuditLine;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the audit log, the last one first. Whether the chain is whole, {@code veer audit
 * --check} says, and each report.
 *
 * @param next what to give as {@code before} for the page behind; null if there is none
 */
public record AuditPage(List<AuditLine> entries, @Nullable Long next) {

  public AuditPage {
    entries = List.copyOf(entries);
  }
}
