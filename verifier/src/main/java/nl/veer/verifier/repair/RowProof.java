package nl.veer.verifier.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import nl.veer.verifier.repair.RowMending.Answer;
import nl.veer.verifier.scan.Settlement;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.RowSum;

/**
 * Looks at rows on both sides until each was equal once, or differs and is settled. Owned by one
 * thread.
 */
final class RowProof {
  /** A row that is in motion for longer says nothing this time. */
  private static final int LOOKS = 6;

  static final Settlement.Pair ANY = new Settlement.Pair(RowSum.NONE, RowSum.NONE);

  private final RowSides sides;

  RowProof(RowSides sides) {
    this.sides = sides;
  }

  /** One look at all rows that are open yet. */
  record Seen(Cuts cuts, Predicate<RowKey> isEqual) {}

  /** Takes it. */
  interface Looking {
    Seen at(List<RowKey> keys) throws Unjudged;
  }

  Map<RowKey, Answer> of(ScanTable table, List<RowKey> keys, Looking looking) throws Unjudged {
    Map<RowKey, Answer> answers = new HashMap<>();
    List<RowKey> open = new ArrayList<>(keys);
    for (int look = 0; look < LOOKS && !open.isEmpty(); look++) {
      if (look > 0 && sides.stop().await(sides.settlement().pause())) {
        break;
      }
      Seen seen = looking.at(open);
      answered(open, seen.isEqual(), Answer.EQUAL, answers);
      if (!open.isEmpty()) {
        Settlement.Look judged = sides.settlement().look(table, seen.cuts(), sides.stop());
        answered(open, key -> judged.isSettled(key, null, ANY), Answer.DIFFERENT, answers);
      }
    }
    open.forEach(key -> answers.put(key, Answer.UNKNOWN));
    return answers;
  }

  private static void answered(
      List<RowKey> open, Predicate<RowKey> which, Answer answer, Map<RowKey, Answer> answers) {
    open.removeIf(
        key -> {
          boolean answered = which.test(key);
          if (answered) {
            answers.put(key, answer);
          }
          return answered;
        });
  }
}
