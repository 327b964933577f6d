package nl.veer.control.config;

/** How the side that is left is made to refuse writes. */
public enum FenceStrategy {
  /** Statement triggers on the wave's tables, which refuse with a clear message. */
  TRIGGER,
  /** The rights to write the wave's tables are taken away, and given back exactly. */
  REVOKE,
  /** The database is set read-only by default, and its sessions are ended. */
  READ_ONLY,
  /** A script of the user's. */
  COMMAND
}
