package nl.veer.replicator.connect;

import javax.management.MXBean;

/** What JMX shows of a wave's replicator: {@code nl.veer:type=replicator,migration=…,wave=…}. */
@MXBean
public interface ReplicatorMXBean {

  /** STARTING, LOADING, CATCHING_UP, REPLICATING, RETRYING, INCIDENT, STOPPED or FAILED. */
  String getState();

  /** The source's position that the target equals; empty before the first batch. */
  String getPosition();

  /** Number of the last applied transaction; 0 before the first. */
  long getTransaction();

  /** Transactions applied since the task began. */
  long getTransactions();

  /** Changes applied since the task began. */
  long getEvents();

  /** How often something was tried again since the task began. */
  long getRetries();

  /** Records of the log behind the stamp. */
  long getRecordsBehind();

  /** Milliseconds since the source committed what was applied last. */
  long getLagMillis();

  /** The code of the incident, of what is retried, or of why it ended; empty while all is well. */
  String getFailureCode();

  /** The same in words. */
  String getFailure();
}
