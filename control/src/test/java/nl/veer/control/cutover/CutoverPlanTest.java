package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.FenceStrategy;
import org.junit.jupiter.api.Test;

class CutoverPlanTest {
  private static CutoverPlan plan(int leg, AttemptKind kind, CutoverConfig config, long rows) {
    Duration budget = Duration.ofSeconds(10);
    return new CutoverPlan(
        new WaveId("shop", "main"),
        leg,
        kind,
        List.of(new TableId("shop", "orders")),
        config,
        budget,
        CutoverPlan.Proof.of(ProofPlan.of(OptionalLong.of(rows), budget)));
  }

  @Test
  void aRehearsalSaysThatTheSameSideTakesWritesAgain() {
    List<String> lines = plan(0, AttemptKind.REHEARSAL, CutoverConfig.standard(), 200_000).lines();

    assertThat(lines).hasSize(5);
    assertThat(lines.get(1))
        .startsWith("FENCED     the source refuses writes to 1 tables (trigger)");
    assertThat(lines.get(3)).endsWith("about 200,000 rows, about 1 s");
    assertThat(lines.get(4)).endsWith("the source takes writes again");
  }

  @Test
  void aLegOfOddNumberGoesTheOtherWay() {
    List<String> lines = plan(1, AttemptKind.CUTOVER, CutoverConfig.standard(), 1).lines();

    assertThat(lines.get(1)).contains("the target refuses writes");
    assertThat(lines.get(6)).isEqualTo("OPENED     the source takes writes");
  }

  @Test
  void aComparisonThatDoesNotFitIsNotHidden() {
    assertThat(plan(0, AttemptKind.REHEARSAL, CutoverConfig.standard(), 5_000_000).lines().get(3))
        .contains("TOO LONG for the outage");
  }

  @Test
  void theUsersProgramsAreNamed() {
    CutoverConfig both =
        new CutoverConfig(
            FenceStrategy.READ_ONLY,
            List.of(),
            "stop-shop",
            "start-shop",
            "flip-proxy",
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofHours(24),
            Duration.ofDays(7),
            1000);

    List<String> lines = plan(0, AttemptKind.CUTOVER, both, 1).lines();

    assertThat(lines.get(1)).contains("(read-only and fence-command)");
    assertThat(lines.get(6)).endsWith("the target takes writes; on-open");
  }
}
