package nl.veer.connectors.event;

/**
 * A log by the names of everything that belongs to it on other systems: a wave's log of the
 * source's changes ({@link WaveId} itself), or its echo. Every name is valid everywhere without
 * quoting, and no two logs share one.
 */
public sealed interface LogId permits WaveId, EchoId {

  /** The replication slot in the captured database. */
  String slot();

  /** The publication in the captured database. */
  default String publication() {
    return slot();
  }

  /** The topic in Kafka. */
  String logTopic();

  /** The prefix of the messages that Veer writes into the captured database's own log for it. */
  String markerPrefix();
}
