package nl.veer.connectors.dialect.postgres;

/**
 * A session that holds a lease, as its server knows it.
 *
 * @param pid the server's number of it; used again for others later
 * @param started when the session began there, as text
 * @param address where it comes from; empty if it is this machine, over a socket file
 */
public record LeaseHolder(int pid, String started, String address) {

  /** Which session it is, for people. */
  public String words() {
    return address.isEmpty() ? "session " + pid : "session %d from %s".formatted(pid, address);
  }
}
