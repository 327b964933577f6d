package nl.veer.control.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import org.junit.jupiter.api.Test;

class WavePlanTest {
  private static final TableId ORDERS = new TableId("public", "orders");
  private static final TableId LINES = new TableId("public", "order_lines");
  private static final TableId AUDIT = new TableId("audit", "entries");
  private static final TableId ODD = new TableId("public", "a.b[c");
  private static final List<TableId> ALL = List.of(AUDIT, ODD, LINES, ORDERS);

  @Test
  void aStarPicksEveryTable() {
    assertThat(plan("{name: main, tables: {}}").tables())
        .containsExactly(Map.entry(new WaveId("shop", "main"), ALL));
  }

  @Test
  void excludedTablesAreLeftOut() {
    assertThat(plan("{name: main, tables: {exclude: ['public.order*', 'audit.*']}}").tables())
        .containsValue(List.of(ODD));
  }

  @Test
  void aPatternIsNoRegularExpression() {
    assertThat(plan("{name: main, tables: {include: ['public.a.b[c', 'public.order?']}}").tables())
        .containsValue(List.of(ODD, ORDERS));
  }

  @Test
  void aTableInTwoWavesIsAnError() {
    assertThat(
            plan("{name: one, tables: {}}, {name: two, tables: {include: [public.orders]}}")
                .errors())
        .containsExactly(
            "Table public.orders is in wave one and in wave two; exclude it from one of them.");
  }

  @Test
  void aWaveWithoutATableIsAnErrorAndItsPatternIsNamed() {
    WavePlan plan = plan("{name: main, tables: {include: [sales.*]}}");

    assertThat(plan.errors()).containsExactly("Wave main holds no table of the source.");
    assertThat(plan.warnings()).containsExactly("Pattern 'sales.*' of wave main matches no table.");
  }

  private static WavePlan plan(String waves) {
    VeerConfig config =
        ConfigFile.parse(
            """
            migration: shop
            source: {url: "jdbc:postgresql://a/shop", user: veer}
            target: {url: "jdbc:postgresql://b/shop", user: veer}
            waves: [%s]
            """
                .formatted(waves),
            "veer.yaml",
            Path.of("/tmp"),
            Map.of());
    return WavePlan.of(config, ALL);
  }
}
