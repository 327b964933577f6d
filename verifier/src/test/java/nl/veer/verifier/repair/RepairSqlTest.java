package nl.veer.verifier.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.blame.Suspect;
import nl.veer.verifier.repair.PlannedRow.Action;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import nl.veer.verifier.scan.postgres.TableFacts;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a plan shows; columns are id, the key, note, and one that the target computes. */
class RepairSqlTest {
  private static final TableId ID = new TableId("shop", "it\"ems");
  private static final BlamedTable TABLE = table(Set.of());

  @Test
  void anUpdateSetsTheDifferingColumnsOfTheRow() {
    RowPair pair = new RowPair(row("1", "it's", "2"), row("1", null, "3"));
    assertThat(statement(pair, true))
        .isEqualTo("UPDATE \"shop\".\"it\"\"ems\" SET \"note\" = 'it''s' WHERE \"id\" = '1'");
  }

  @Test
  void anInsertHasAllThatCanBeWritten() {
    assertThat(statement(new RowPair(row("1", null, "2"), null), true))
        .isEqualTo(
            "INSERT INTO \"shop\".\"it\"\"ems\" (\"id\", \"note\") OVERRIDING SYSTEM VALUE"
                + " VALUES ('1', NULL)");
  }

  @Test
  void aDeleteNamesTheKey() {
    assertThat(statement(new RowPair(null, row("1", "x", "2")), true))
        .isEqualTo("DELETE FROM \"shop\".\"it\"\"ems\" WHERE \"id\" = '1'");
  }

  @Test
  void withoutAskingNoValueIsShown() {
    for (RowPair pair :
        List.of(
            new RowPair(row("77", "private", "2"), row("77", null, "3")),
            new RowPair(row("77", "private", "2"), null),
            new RowPair(null, row("77", "private", "2")))) {
      assertThat(statement(pair, false)).doesNotContain("77", "private", "NULL").contains("…");
    }
  }

  @Test
  void rowsThatAreEqualByNowNeedNothing() {
    RowPair pair = new RowPair(row("1", "x", "2"), row("1", "x", "2"));
    assertThat(pair.action(TABLE)).isEqualTo(Action.NONE);
    assertThat(statement(pair, true)).startsWith("--");
    assertThat(new RowPair(null, null).action(TABLE)).isEqualTo(Action.NONE);
  }

  @Test
  void columnsThatMayDifferAreLeftAloneInARowThatIsThere() {
    BlamedTable tolerant = table(Set.of("note"));
    RowPair pair = new RowPair(row("1", "x", "2"), row("1", "y", "2"));
    assertThat(pair.action(tolerant)).isEqualTo(Action.NONE);
    assertThat(pair.columns(tolerant)).isEmpty();
    RowPair missing = new RowPair(row("1", "x", "2"), null);
    assertThat(RepairSql.statement(tolerant, planned(missing), missing, true)).contains("'x'");
  }

  @Test
  void backslashesStayWhatTheyAre() {
    assertThat(RepairSql.literal("a\\b'c")).isEqualTo("E'a\\\\b''c'");
    assertThat(RepairSql.literal(null)).isEqualTo("NULL");
  }

  @Test
  void aChangedRowHasAnotherGuardAndNoneHasNone() {
    RowGuard guard = new RowGuard();
    assertThat(guard.of(row("1", "a", "2")))
        .isEqualTo(guard.of(row("1", "a", "2")))
        .isNotEqualTo(guard.of(row("1", "", "2")))
        .isNotEqualTo(guard.of(row("1", null, "2")))
        .isNotEqualTo(guard.of(row("1a", "", "2")));
    assertThat(guard.of(row("1", null, "2"))).isNotEqualTo(guard.of(row("1", "", "2")));
    assertThat(guard.of(null)).isNull();
  }

  @Test
  void neitherRowsNorPlansPrintTheirValues() {
    RowPair pair = new RowPair(row("77", "private", "2"), null);
    assertThat(pair.toString()).doesNotContain("77", "private");
    assertThat(planned(pair).toString()).doesNotContain("77", "private");
  }

  private static String statement(RowPair pair, boolean values) {
    return RepairSql.statement(TABLE, planned(pair), pair, values);
  }

  private static PlannedRow planned(RowPair pair) {
    List<@Nullable String> any = pair.source() == null ? pair.target() : pair.source();
    String key = any == null ? "0" : String.valueOf(any.get(0));
    return new PlannedRow(
        new Suspect(ID, new RowKey(List.of(key))),
        1L,
        "digest",
        pair.action(TABLE),
        pair.columns(TABLE),
        null);
  }

  private static List<@Nullable String> row(@Nullable String... texts) {
    return Arrays.asList(texts);
  }

  private static BlamedTable table(Set<String> leftOut) {
    TableFacts facts = new TableFacts(false, List.of(), List.of("id"), 1, true);
    return new BlamedTable(
        new ScanTable(
            ID,
            List.of("id", "note", "total"),
            List.of(),
            Map.of(),
            List.of(new KeyColumn("id", "integer", "integer", false, "integer")),
            true,
            1,
            true,
            false,
            false),
        facts,
        facts,
        List.of("id"),
        false,
        PostgresSnapshot.parse("1:1:", Position.parse("0/1")),
        Set.of("total"),
        leftOut,
        List.of());
  }
}
