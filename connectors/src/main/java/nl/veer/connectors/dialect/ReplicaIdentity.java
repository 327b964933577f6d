package nl.veer.connectors.dialect;

/** What the source's log says of the old row of an update or delete. */
public enum ReplicaIdentity {
  /** The primary key, if there is one. */
  DEFAULT,
  /** Every column. */
  FULL,
  /** The columns of a chosen unique index. */
  INDEX,
  /** Nothing: updates and deletes cannot be carried. */
  NOTHING
}
