package nl.veer.control.check;

import java.util.Comparator;
import java.util.List;

/**
 * What a preflight found, errors first.
 *
 * @param tables how many tables were looked at
 */
public record CheckReport(List<Finding> findings, int tables) {

  public CheckReport {
    findings = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }

  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
