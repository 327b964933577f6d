package nl.veer.control.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a preflight found, errors first.
 *
 * @param tables how many tables were looked at
 */
public record CheckReport(List<Finding> findings, int tables) {

  public CheckReport {
    findings = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }

  /** With findings of another look. */
  public CheckReport and(List<Finding> more) {
    return new CheckReport(Stream.concat(findings.stream(), more.stream()).toList(), tables);
  }

  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
