package nl.veer.connectors.capture;

import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** What Debezium's END says of the source's transaction. Pure. */
final class SentEnd {
  private static final String COMMIT_LSN = "lsn_commit";

  private SentEnd() {}

  /** Whether it is one. */
  static boolean is(Struct value) {
    return value.schema().field("status") != null && value.getString("status").equals("END");
  }

  /** The commit position. */
  static Position position(SourceRecord record) {
    Object lsn = record.sourceOffset().get(COMMIT_LSN);
    if (!(lsn instanceof Long commit)) {
      throw TransactionStream.unexpected("an END without its commit position");
    }
    return new LsnPosition(commit);
  }

  /**
   * The source's own number of the transaction and its commit time. Two transactions that commit at
   * the same position of two histories differ in it.
   */
  static String witness(Struct value) {
    String id = value.getString("id");
    int colon = id.indexOf(':');
    return (colon < 0 ? id : id.substring(0, colon)) + " " + value.getInt64("ts_ms");
  }
}
