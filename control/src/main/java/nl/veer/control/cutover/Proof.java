package nl.veer.control.cutover;

/** One way of comparing both sides while they stand still. Owned by one thread. */
interface Proof extends AutoCloseable {

  /**
   * Compares; within the outage's budget, whatever it takes.
   *
   * @throws nl.veer.connectors.failure.Failure if it cannot be done, or not in time
   */
  Compared compare(Drive drive);

  @Override
  void close();
}
