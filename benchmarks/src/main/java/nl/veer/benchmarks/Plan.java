package nl.veer.benchmarks;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.contest.Standings;

/**
 * How much is measured, and against whom.
 *
 * @param rows of the narrow table; fewer of wider ones
 * @param rounds that count
 * @param length of a measurement of latency
 * @param cutovers how many
 * @param rate transactions in a second while it is cut over
 * @param only contests in whose name this is found
 * @param peers that take part
 * @param progress is told what is done now
 * @param ended is told what came of each contest, as it ends
 */
record Plan(
    long rows,
    int rounds,
    Duration length,
    int cutovers,
    int rate,
    Pattern only,
    Set<Peer> peers,
    Consumer<String> progress,
    Consumer<Standings> ended) {
  Plan {
    peers = Set.copyOf(peers);
  }

  /** Runs a contest against these peers, if it is one of those that are asked for. */
  void hold(Contest contest) throws Exception {
    if (!only.matcher(contest.name()).find()) {
      return;
    }
    ended.accept(contest.against(peers).run(progress));
  }
}
