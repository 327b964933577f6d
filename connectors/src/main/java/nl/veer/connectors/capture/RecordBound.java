package nl.veer.connectors.capture;

import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * The largest record that the log takes. Looked at twice: when the source's message comes, before a
 * row that is far too large is copied even once, and exactly when the record is made.
 *
 * @param bytes of the record, before compression
 */
record RecordBound(int bytes) {
  /**
   * A message holds all values as text, a record some of them in fewer bytes. The least that
   * becomes of a message is half: bytea, which is sent as two hexadecimal digits a byte.
   */
  private static final int LARGEST_SHRINKING = 2;

  void requireMessage(TableId table, long messageBytes) {
    if (messageBytes / LARGEST_SHRINKING > bytes) {
      throw tooLarge(table, messageBytes / LARGEST_SHRINKING, "at least ");
    }
  }

  void require(TableId table, long recordBytes) {
    if (recordBytes > bytes) {
      throw tooLarge(table, recordBytes, "");
    }
  }

  private Failure tooLarge(TableId table, long size, String about) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "RECORD_TOO_LARGE",
        ("A change of a row of table %s makes a record of %s%d bytes, and the log takes %d (setting"
                + " kafka.max-record). Raise it, with the heap of capture and replicator to match,"
                + " and start both again; or take the table out of the wave.")
            .formatted(table, about, size, bytes));
  }
}
