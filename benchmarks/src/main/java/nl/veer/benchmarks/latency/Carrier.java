package nl.veer.benchmarks.latency;

import nl.veer.benchmarks.ground.Crossing;

/** Who carries changes from source to target, from its start to its close. */
interface Carrier extends AutoCloseable {

  /** Throws if it has given up. */
  void requireGoing();

  /** Starts one. */
  interface Start {
    Carrier start(Crossing crossing) throws Exception;
  }
}
