package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.control.wave.Role;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A scan of a wave under way: the log tells what is in motion from what differs. */
class WaveScanIT {
  private static final String STILL = "CREATE TABLE still (id int PRIMARY KEY, v text)";
  private static final String ROWS = "INSERT INTO still SELECT i, i FROM generate_series(1, 40) i";

  @Test
  void whatTheTargetHasNotGotYetIsUnsettledAndWhatSomebodyWroteThereDiffers() throws SQLException {
    try (CrossingWorld world = CrossingWorld.with(STILL)) {
      world.onSource(ROWS);
      try (Crossing crossing = world.cross()) {
        crossing.awaitEqual();
      }
      try (Crossing capturing = world.begin(Role.CAPTURE)) {
        capturing.awaitCapturing();
        TableStatement before = still(WaveScan.of(world));
        world.onSource(
            "UPDATE still SET v = 'late' WHERE id = 5", "DELETE FROM still WHERE id = 6");
        TableStatement late = still(WaveScan.of(world));
        world.onTarget("UPDATE still SET v = 'foreign' WHERE id = 7");
        TableStatement foreign = still(WaveScan.of(world));

        assertThat(before.verdict()).isEqualTo(Verdict.equal());
        assertThat(late.verdict())
            .isInstanceOfSatisfying(
                Verdict.Unknown.class,
                unknown -> assertThat(unknown.reason()).isEqualTo(UnknownReason.UNSETTLED));
        assertThat(late.unsettled()).isEqualTo(2);
        assertThat(foreign.verdict()).isEqualTo(new Verdict.Different(1));
        assertThat(foreign.differences())
            .containsExactly(
                new Difference(new RowKey(List.of("7")), Difference.Kind.VALUES, List.of("v")));
        assertThat(foreign.unsettled()).isEqualTo(2);
      }
    }
  }

  @Test
  void aLiveShopIsNeverDifferent() throws SQLException {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.openCalm(world, 2_000, 100);
        Crossing crossing = world.cross()) {
      crossing.awaitReplicating();
      ScanStatement during = WaveScan.of(world);
      shop.stop();
      crossing.awaitApplied();
      ScanStatement after = WaveScan.of(world);

      assertThat(during.tables())
          .allSatisfy(table -> assertThat(table.differing()).as("%s", table).isZero());
      assertThat(after.verdict()).as("%s", after).isEqualTo(Verdict.equal());
      assertThat(after.tables()).hasSizeGreaterThan(5);
    }
  }

  private static TableStatement still(ScanStatement statement) {
    return statement.tables().stream()
        .filter(table -> table.table().equals(new TableId("public", "still")))
        .findFirst()
        .orElseThrow();
  }
}
