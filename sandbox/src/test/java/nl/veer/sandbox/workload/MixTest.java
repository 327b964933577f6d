package nl.veer.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MixTest {
  private static final int TICKETS = 20_000;

  @Test
  void theSameSeedGivesTheSameTransactions() {
    assertThat(kinds(new Mix(WorkloadConfig.of(9, 100))))
        .isEqualTo(kinds(new Mix(WorkloadConfig.of(9, 100))))
        .isNotEqualTo(kinds(new Mix(WorkloadConfig.of(10, 100))));
  }

  @Test
  void theSameTicketThrowsTheSameDice() {
    Mix mix = new Mix(WorkloadConfig.of(9, 100));

    assertThat(mix.dice(3, 0).noise(50)).isEqualTo(mix.dice(3, 0).noise(50));
    assertThat(mix.dice(3, 0).noise(50)).isNotEqualTo(mix.dice(3, 1).noise(50));
  }

  @Test
  void everyKindHasItsShare() {
    var counts =
        kinds(new Mix(WorkloadConfig.of(1, 100))).stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(counts.get(TransactionKind.PLACE_ORDER)).isBetween(3_600L, 4_400L);
    assertThat(counts.get(TransactionKind.LEAVE)).isBetween(120L, 280L);
    assertThat(counts).doesNotContainKey(TransactionKind.HUGE);
  }

  @Test
  void rareKindsComeByInterval() {
    Mix mix =
        new Mix(
            WorkloadConfig.of(1, 100)
                .withTruncateEvery(Duration.ofSeconds(2))
                .withHuge(Duration.ofSeconds(5), 1_000));

    assertThat(mix.kindOf(199)).isEqualTo(TransactionKind.TRUNCATE);
    assertThat(mix.kindOf(250)).isEqualTo(TransactionKind.HUGE);
    assertThat(kinds(mix)).filteredOn(TransactionKind.HUGE::equals).hasSize(TICKETS / 500);
  }

  private static List<TransactionKind> kinds(Mix mix) {
    return LongStream.range(0, TICKETS).mapToObj(mix::kindOf).toList();
  }
}
