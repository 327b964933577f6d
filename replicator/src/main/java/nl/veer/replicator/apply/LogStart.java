package nl.veer.replicator.apply;

import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogReader;
import nl.veer.replicator.stamp.Stamp;

/** Puts a reader where the stamp says, or refuses: never a silent start from somewhere else. */
final class LogStart {
  private LogStart() {}

  /** Answers the stamp, completed with the log's beginning if it was never read. */
  static Stamp seek(LogReader reader, Stamp stamp) {
    String logId = stamp.logId();
    if (logId == null) {
      Stamp begin = new Stamp(0, null, reader.logId(), reader.beginOffset(), null);
      reader.seek(begin.logOffset());
      return begin;
    }
    if (!logId.equals(reader.logId())) {
      throw lost("it is another topic than the one the target was filled from");
    }
    if (stamp.logOffset() < reader.beginOffset()) {
      throw lost(
          "offset %d was deleted, the log begins at %d"
              .formatted(stamp.logOffset(), reader.beginOffset()));
    }
    if (stamp.logOffset() > reader.endOffset()) {
      throw lost(
          "it ends at %d, before offset %d that was applied already"
              .formatted(reader.endOffset(), stamp.logOffset()));
    }
    reader.seek(stamp.logOffset());
    return stamp;
  }

  private static Failure lost(String what) {
    return new Failure(
        FailureKind.LOST_POSITION,
        "LOG_LOST",
        "The wave's log does not continue where the target's stamp stands: "
            + what
            + ". Load the wave anew with 'veer load --again'.");
  }
}
