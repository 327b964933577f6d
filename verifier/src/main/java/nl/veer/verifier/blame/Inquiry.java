package nl.veer.verifier.blame;

import java.util.Map;
import nl.veer.connectors.event.Position;

/** What is asked about suspects of one sort, in the order of its methods. Owned by one thread. */
interface Inquiry {
  /** To be fed with the log. */
  TopicSink log();

  /** To be fed with the echo. */
  TopicSink echo();

  /** Looks at the rows; the log is to be read up to there, and the echo. */
  Reach look();

  /** Where the tables were looked at. */
  record Reach(Position source, Position target) {}

  /** Who it was. */
  Map<Suspect, Blame> judge(Readings readings);
}
