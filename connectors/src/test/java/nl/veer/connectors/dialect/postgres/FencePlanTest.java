package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import nl.veer.connectors.dialect.postgres.RelationGrants.Need;
import nl.veer.connectors.event.TableId;
import org.junit.jupiter.api.Test;

class FencePlanTest {
  private static final String ODD = "o'ne \\ \"two\"\n~ %20+ÿ";
  private static final TableId TABLE = new TableId(ODD, "orders");

  @Test
  void aPlanOfTriggersReadsAsItWasWritten() {
    TriggerFence fence = new TriggerFence("0123", ODD, List.of("", ODD, "b"), List.of(TABLE));

    assertThat(TriggerFence.parse(fence.text())).isEqualTo(fence);
    assertThat(FencePlan.parse(fence.text())).isEqualTo(new FencePlan(Kind.TRIGGER, fence.text()));
  }

  @Test
  void aPlanOfRightsReadsAsItWasWritten() {
    RelationGrants relation =
        new RelationGrants(
            TABLE,
            ODD,
            List.of(
                new Grant(TABLE, "", ODD, "", "INSERT", false),
                new Grant(TABLE, ODD, "a", ODD, "UPDATE", true)),
            List.of(new Need(ODD, ODD, "INSERT"), new Need("a", "", "DELETE")));
    RelationGrants nobodys =
        new RelationGrants(new TableId("s", "t"), "owner", List.of(), List.of());
    RevokeFence fence =
        new RevokeFence(Set.of("veer", ODD), List.of(TABLE), List.of(relation, nobodys));

    assertThat(RevokeFence.parse(fence.text())).isEqualTo(fence);
    assertThat(FencePlan.parse(fence.text()).kind()).isEqualTo(Kind.REVOKE);
  }

  @Test
  void aPlanOfSettingsReadsAsItWasWritten() {
    ReadOnlyFence fence =
        new ReadOnlyFence(ODD, List.of("veer", ODD), Map.of("", "on", ODD, "off"));

    assertThat(ReadOnlyFence.parse(fence.text())).isEqualTo(fence);
    assertThat(FencePlan.parse(fence.text()).kind()).isEqualTo(Kind.READ_ONLY);
  }

  @Test
  void refusesWhatIsNoPlanOrOfAnotherVersion() {
    for (String text : List.of("", "nothing", "fence TRIGGER 2", "fence MOAT 1")) {
      assertThatThrownBy(() -> FencePlan.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> TriggerFence.parse("fence TRIGGER 1\nmoat deep"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesLiteralsThatMeanTheirText() {
    assertThat(PostgresNames.literal("a'b")).isEqualTo("'a''b'");
    assertThat(PostgresNames.literal("a\\'b")).isEqualTo(" E'a\\\\''b'");
  }
}
