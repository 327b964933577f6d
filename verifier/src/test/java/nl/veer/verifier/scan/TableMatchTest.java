package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.TableFacts;
import nl.veer.verifier.scan.postgres.TableFacts.Column;
import nl.veer.verifier.scan.postgres.TableMatch;
import nl.veer.verifier.scan.postgres.TableMatch.Match;
import nl.veer.verifier.value.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableMatchTest {

  @ParameterizedTest
  @CsvSource({
    "bigint, false, bigint, false, true",
    "integer, false, bigint, false, true",
    "numeric, false, bigint, false, false",
    "text, true, text, true, true",
    "text, true, text, false, false",
    "text, false, text, false, false",
    "mood, false, mood, false, false",
    "character, true, character, true, false"
  })
  void aKeyIsWalkedOnlyWhereBothSidesOrderItAlike(
      String source, boolean sourceC, String target, boolean targetC, boolean walked) {
    ScanTable table = match(facts(source, sourceC, true), facts(target, targetC, true));

    assertThat(table.hasKey()).isTrue();
    assertThat(table.walked()).isEqualTo(walked);
  }

  @Test
  void aKeyThatTheTargetMayLeaveNullIsNone() {
    ScanTable table = match(facts("bigint", false, true), facts("bigint", false, false));

    assertThat(table.hasKey()).isFalse();
    assertThat(table.walked()).isFalse();
  }

  @Test
  void aTableWithoutAColumnOfTheSourceIsUnfit() {
    TableFacts target = new TableFacts(false, List.of(), List.of(), -1, true);

    assertThat(
            TableMatch.of(
                ScanWorld.table("t"), facts("bigint", false, true), target, Tolerances.NONE))
        .isInstanceOfSatisfying(
            Match.Unfit.class, unfit -> assertThat(unfit.why()).contains("public.t", "id"));
  }

  private static TableFacts facts(String type, boolean binary, boolean notNull) {
    return new TableFacts(
        false, List.of(new Column("id", type, type, notNull, binary)), List.of("id"), -1, true);
  }

  private static ScanTable match(TableFacts source, TableFacts target) {
    Match match = TableMatch.of(ScanWorld.table("t"), source, target, Tolerances.NONE);
    return ((Match.Comparable) match).table();
  }
}
