package nl.veer.benchmarks.cost;

/**
 * Who takes part in a measurement, as processes.
 *
 * @param name as reports call it: {@code source}
 * @param pid its process
 */
public record Party(String name, long pid, Scope scope) {

  /** What belongs to a party beside its process. */
  public enum Scope {
    ITSELF,
    /** All that it has forked: a server of PostgreSQL. */
    TREE,
    /** Not the process, but the programs that it has run to their end. */
    PROGRAMS
  }

  /** A process by itself. */
  public static Party process(String name, long pid) {
    return new Party(name, pid, Scope.ITSELF);
  }

  /** A process and all below it. */
  public static Party tree(String name, long pid) {
    return new Party(name, pid, Scope.TREE);
  }

  /** This JVM. */
  public static Party self(String name) {
    return process(name, ProcessHandle.current().pid());
  }

  /** The programs that this JVM runs to their end. Their memory is not looked at. */
  public static Party programs(String name) {
    return new Party(name, ProcessHandle.current().pid(), Scope.PROGRAMS);
  }
}
