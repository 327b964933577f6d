package nl.veer.benchmarks.contest;

import java.util.Locale;

/** Whose way of doing the work it is. */
public enum Peer {
  VEER,
  /** {@code psql} and COPY. */
  COPY,
  PGCOPYDB,
  /** The stock Debezium engine by itself. */
  ENGINE,
  /** PostgreSQL's own logical replication. */
  NATIVE,
  /** Debezium's source and JDBC sink in a Kafka Connect worker. */
  CONNECT,
  /** Statements that the databases work off by themselves. */
  SQL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
