package nl.veer.benchmarks.contest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import nl.veer.benchmarks.cost.Party;

/**
 * Contenders that take turns at the same work: A B C, A B C, and so on, so that what else the
 * machine does falls on all alike.
 *
 * @param name what is done, with its data: {@code load, narrow}
 * @param servers whose use is counted beside the contender's own
 * @param rounds that count
 * @param warmUp rounds before them that do not: compilers and caches are cold
 */
public record Contest(
    String name, List<Party> servers, List<Contender> contenders, int warmUp, int rounds) {
  public Contest {
    servers = List.copyOf(servers);
    contenders = List.copyOf(contenders);
  }

  /** The same, against these peers alone. */
  public Contest against(Set<Peer> peers) {
    return new Contest(
        name,
        servers,
        contenders.stream()
            .filter(one -> one.peer() == Peer.VEER || peers.contains(one.peer()))
            .toList(),
        warmUp,
        rounds);
  }

  /**
   * Runs it.
   *
   * @param progress is told of each turn, in words
   */
  public Standings run(Consumer<String> progress) throws Exception {
    Map<String, List<Trial>> trials = new LinkedHashMap<>();
    List<Contender> present = present(progress);
    for (int round = -warmUp; round < rounds; round++) {
      for (Contender contender : present) {
        progress.accept(
            "%s: %s, %s"
                .formatted(
                    name,
                    contender.name(),
                    round < 0 ? "warming up" : "round %d of %d".formatted(round + 1, rounds)));
        Trial trial = turn(contender);
        if (round >= 0) {
          trials.computeIfAbsent(contender.name(), any -> new ArrayList<>()).add(trial);
        }
      }
    }
    return new Standings(name, trials, mine(present));
  }

  private static List<String> mine(List<Contender> present) {
    return present.stream().filter(one -> one.peer() == Peer.VEER).map(Contender::name).toList();
  }

  private List<Contender> present(Consumer<String> progress) {
    List<Contender> present = new ArrayList<>();
    for (Contender contender : contenders) {
      Optional<String> absent = contender.absent();
      absent.ifPresent(why -> progress.accept(name + ": without " + contender.name() + ": " + why));
      if (absent.isEmpty()) {
        present.add(contender);
      }
    }
    return present;
  }

  private Trial turn(Contender contender) throws Exception {
    List<Party> parties = new ArrayList<>(contender.tool());
    parties.addAll(servers);
    try (Lap lap = new Lap(parties)) {
      contender.run(lap);
      return lap.trial();
    }
  }
}
