package nl.veer.connectors.dialect.postgres;

import java.util.List;

/**
 * What becomes of the passive side's sequences.
 *
 * @param targets those that are set; one that is far enough already is in none of the lists
 * @param problems one sentence for each that cannot be set: it is missing, or counts otherwise
 * @param remarks one sentence for each that is set, but not as far ahead as was asked for
 */
public record SequencePlan(
    List<SequenceTarget> targets, List<String> problems, List<String> remarks) {
  public SequencePlan {
    targets = List.copyOf(targets);
    problems = List.copyOf(problems);
    remarks = List.copyOf(remarks);
  }
}
