package nl.veer.verifier.blame;

import java.time.Instant;
import nl.veer.connectors.event.Position;

/**
 * A whole transaction that has touched a row.
 *
 * @param number in the topic
 * @param transaction the database's own id of it
 * @param writer in the echo, whose it is; in the log always NEITHER
 * @param applied in the echo, number of the last log transaction that the target held with it
 * @param loaded in the log, whether the table's load includes it
 */
record Touch(
    long number,
    String transaction,
    Position position,
    Instant committedAt,
    Writer writer,
    long applied,
    boolean loaded) {

  /** For people. */
  String words() {
    return "transaction %d at %s, committed %s".formatted(number, position.text(), committedAt);
  }
}
