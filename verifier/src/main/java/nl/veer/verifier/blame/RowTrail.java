package nl.veer.verifier.blame;

import java.util.List;

/** What log and echo hold of one row. */
public record RowTrail(Topic log, Topic echo) {

  /**
   * A topic's part of it.
   *
   * @param events oldest first
   * @param more whether there were more, of which only the last ones are here
   * @param read how many records were read for it
   */
  public record Topic(List<TrailEvent> events, boolean more, Reach reach, long read) {

    public Topic {
      events = List.copyOf(events);
    }
  }

  /** How much of a topic was read. */
  public enum Reach {
    /** All that was ever in it. */
    WHOLE,
    /** All that is in it; its beginning is gone. */
    BEGINNING_GONE,
    /** Its newest part. */
    NEWEST,
    /** What could be read in time, from some place on; not its end. */
    OUT_OF_TIME,
    /** There is no such topic. */
    ABSENT
  }
}
