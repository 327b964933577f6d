package nl.veer.benchmarks.contest;

import java.util.List;
import java.util.Optional;
import nl.veer.benchmarks.cost.Party;

/** One way to do a contest's work. */
public interface Contender {
  /** As reports call it: {@code veer, 2 workers}. */
  String name();

  Peer peer();

  /** Why it cannot take part here, as a program that is not installed; empty if it can. */
  default Optional<String> absent() {
    return Optional.empty();
  }

  /** The processes that do its work, beside the servers: by default this JVM. */
  default List<Party> tool() {
    return List.of(Party.self("tool"));
  }

  /**
   * Does the work once, on data of its own, between {@link Lap#begin} and {@link Lap#end}. What is
   * done before and after is not counted.
   */
  void run(Lap lap) throws Exception;
}
