package nl.veer.control.status;

import java.util.Optional;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogTopic;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.Heard;
import org.jspecify.annotations.Nullable;

/**
 * How far a log or an echo is: its capture says it, every second; only where it says nothing the
 * topic is read.
 */
final class LogReader {
  private LogReader() {}

  /**
   * Null if there is no topic.
   *
   * @param capture the last word of the one that writes it
   * @throws Failure if it cannot be read
   */
  static @Nullable LogEnd read(KafkaEndpoint kafka, LogId log, Optional<Heard> capture) {
    LogEnd said = said(capture);
    if (said != null) {
      return said;
    }
    if (new LogTopic(kafka, log).id().isEmpty()) {
      return null;
    }
    LogTail tail = LogTail.read(kafka, log);
    return new LogEnd(tail.start() != null, tail.transaction(), tail.position());
  }

  /** Null of one that says nothing now, or has not got to a first transaction. */
  private static @Nullable LogEnd said(Optional<Heard> capture) {
    if (capture.isEmpty()
        || !capture.get().speaks()
        || !(capture.get().word().said() instanceof CaptureSaid said)) {
      return null;
    }
    String position = said.position();
    if (position == null) {
      return null;
    }
    try {
      return new LogEnd(true, said.transaction(), LsnPosition.parse(position));
    } catch (IllegalArgumentException e) {
      // Another version's position; the topic has it too.
      return null;
    }
  }
}
