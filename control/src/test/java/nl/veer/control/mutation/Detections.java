package nl.veer.control.mutation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import nl.veer.verifier.record.FindingRecord;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;

/**
 * What both halves have found, and of which mutation it is.
 *
 * @param begun when the mutations began
 */
record Detections(List<FindingRecord> findings, ScanStatement scan, Instant begun) {

  Detections {
    findings = List.copyOf(findings);
  }

  List<FindingRecord> byLedger(Mutation mutation) {
    return findings.stream()
        .filter(each -> mutation.isAbout(each.table(), each.keyText()))
        .toList();
  }

  List<Difference> byScan(Mutation mutation) {
    return scan.tables().stream()
        .flatMap(
            table ->
                table.differences().stream()
                    .filter(each -> mutation.isAbout(table.table().toString(), each.key().texts())))
        .toList();
  }

  /** What the ledger says of no mutation. */
  List<FindingRecord> alarms(List<Mutation> all) {
    return findings.stream()
        .filter(each -> all.stream().noneMatch(one -> one.isAbout(each.table(), each.keyText())))
        .toList();
  }

  /** Rows that the scan says differ, and no mutation does. */
  List<String> falseDifferences(List<Mutation> all) {
    List<String> left = new ArrayList<>();
    for (TableStatement table : scan.tables()) {
      String name = table.table().toString();
      for (Difference each : table.differences()) {
        if (all.stream().noneMatch(one -> one.isAbout(name, each.key().texts()))) {
          left.add(name + " " + each);
        }
      }
    }
    return left;
  }

  /** One line for each mutation, and a head. */
  String table(List<Mutation> all) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("MUTATION", "MUST", "LEDGER", "AFTER", "SCAN", "AFTER", "CULPRIT"));
    all.forEach(each -> lines.add(line(each)));
    return lines.stream().map(line -> aligned(line, lines)).collect(Collectors.joining("\n"));
  }

  private List<String> line(Mutation mutation) {
    List<FindingRecord> findings = byLedger(mutation);
    List<Difference> differences = byScan(mutation);
    return List.of(
        mutation.name(),
        mutation.half().toString().toLowerCase(Locale.ROOT),
        words(findings.stream().map(FindingRecord::code).collect(Collectors.toSet())),
        findings.stream()
            .map(each -> Duration.between(begun, each.foundAt()))
            .max(Duration::compareTo)
            .map(after -> after.toMillis() + " ms")
            .orElse("-"),
        words(differences.stream().map(Detections::words).collect(Collectors.toSet())),
        differences.isEmpty() ? "-" : took(mutation).toMillis() + " ms",
        mutation.culprit().toString());
  }

  private Duration took(Mutation mutation) {
    return scan.tables().stream()
        .filter(table -> table.table().toString().equals(mutation.table()))
        .map(TableStatement::duration)
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private static String words(Difference difference) {
    return difference.kind() + difference.columns().toString().replace("[]", "");
  }

  private static String words(Set<String> found) {
    return found.isEmpty() ? "-" : String.join(" ", found);
  }

  private static String aligned(List<String> line, List<List<String>> all) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      int column = i;
      int width = all.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
      text.append(line.get(i)).append(" ".repeat(width - line.get(i).length() + 2));
    }
    return text.toString().stripTrailing();
  }
}
