package nl.veer.connectors.log;

import java.time.Duration;
import java.util.List;

/**
 * Reads a wave's log in its order, only what was committed to it. Does not judge the numbering:
 * torn, doubled and missing records are passed on as they stand. Owned by one thread.
 */
public interface LogReader extends AutoCloseable {

  /** Identifies this very topic: a topic deleted and made anew under the same name has another. */
  String logId();

  /** Offset of the first record that is still there. */
  long beginOffset();

  /** Offset behind the last committed record. */
  long endOffset();

  /**
   * Whether everything that is committed was given by now. Offsets alone do not tell: behind the
   * last record there may be Kafka's own, which mark a commit and are never given.
   */
  boolean isAtEnd();

  /** The next poll begins at this offset, which must lie between begin and end, both inclusive. */
  void seek(long offset);

  /**
   * The next events, in order; empty if none came in time.
   *
   * @throws nl.veer.connectors.failure.Failure LOST_POSITION when records were deleted ahead of
   *     this reader, SOURCE_DATA when a record cannot be decoded (with its offset), TRANSIENT when
   *     Kafka or the registry is away
   */
  List<LoggedEvent> poll(Duration timeout);

  @Override
  void close();
}
