package nl.veer.replicator.fault;

import java.sql.SQLException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** What goes wrong at an edge. */
enum Fault {
  CONNECTION_LOST("08006"),
  SERIALIZATION("40001"),
  DEADLOCK("40P01"),
  CANCELLED("57014"),
  SHUTDOWN("57P01"),
  DISK_FULL("53100"),
  /** Not a database's error at all: Veer's own, or the driver's. */
  BUG("");

  private final String state;

  Fault(String state) {
    this.state = state;
  }

  /** Whether nothing can be said over this connection any more, as the server sees it as well. */
  boolean breaksConnection() {
    return this == CONNECTION_LOST || this == SHUTDOWN;
  }

  boolean isRetried() {
    return this != BUG;
  }

  /** As a driver throws it. */
  Exception ofDriver() {
    return this == BUG
        ? new IllegalStateException("injected")
        : new SQLException("injected " + name(), state);
  }

  /** As the log's reader throws it: every trouble with Kafka is one kind of failure. */
  RuntimeException ofLog() {
    return this == BUG
        ? new IllegalStateException("injected")
        : new Failure(FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", "injected " + name());
  }
}
