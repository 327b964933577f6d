package nl.veer.verifier.record;

import nl.veer.connectors.event.Position;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TargetCut;
import nl.veer.verifier.verdict.TargetCut.Applied;
import org.jspecify.annotations.Nullable;

/** Cuts as an array of texts; four are null without a stamp. */
final class CutsText {
  private static final int WIDTH = 9;

  private CutsText() {}

  static @Nullable String[] write(Cuts cuts) {
    @Nullable String[] texts = new @Nullable String[WIDTH];
    texts[0] = cuts.source().snapshot();
    texts[1] = cuts.source().position().text();
    texts[2] = cuts.target().snapshot();
    texts[3] = cuts.target().position().text();
    Applied stamp = cuts.target().stamp();
    if (stamp != null) {
      texts[4] = Long.toString(stamp.transaction());
      texts[5] = stamp.position().text();
      texts[6] = stamp.logId();
      texts[7] = Long.toString(stamp.logOffset());
    }
    texts[8] = Boolean.toString(cuts.exact());
    return texts;
  }

  static Cuts read(String[] texts) {
    Applied stamp =
        texts[4] == null
            ? null
            : new Applied(
                Long.parseLong(texts[4]),
                Position.parse(texts[5]),
                texts[6],
                Long.parseLong(texts[7]));
    return new Cuts(
        new SourceCut(texts[0], Position.parse(texts[1])),
        new TargetCut(texts[2], Position.parse(texts[3]), stamp),
        Boolean.parseBoolean(texts[8]));
  }
}
