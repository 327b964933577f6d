package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations.Leaf;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations.Root;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;

class WaveRelationsTest {
  private static final TableId NAME = new TableId("public", "t");
  private static final Root ROOT = new Root(10, 20, NAME);
  private static final Leaf FIRST = leaf(11, 1, 100, false);
  private static final Leaf SECOND = leaf(12, 2, 100, false);

  private static final WaveId WAVE = new WaveId("shop", "main");

  private WaveRelations relations = new WaveRelations(WAVE);

  @Test
  void acceptsTablesThatAreTheSame() {
    require(of(ROOT, FIRST, SECOND));
    require(of(ROOT, FIRST, SECOND));
  }

  @Test
  void refusesATableThatWasRenamedDroppedOrUnpublished() {
    refused("TABLE_REPLACED", of(ROOT), Map.of(10L, new TableId("public", "other")));
    refused("TABLE_REPLACED", of(ROOT), Map.of());
    refused("TABLE_UNPUBLISHED", of(new Root(10, 21, NAME)), Map.of(10L, NAME));
    refused("TABLE_UNPUBLISHED", new PostgresWaveRelations(1, List.of(), List.of()), named());
    refused("TABLE_UNPUBLISHED", new PostgresWaveRelations(2, List.of(ROOT), List.of()), named());
  }

  @Test
  void refusesAPartitionThatIsGoneAlsoOneThatCameLater() {
    require(of(ROOT, FIRST, SECOND, leaf(13, 3, 0, false)));
    refused("PARTITION_REMOVED", of(ROOT, FIRST, SECOND), named());
    refused("PARTITION_REMOVED", of(ROOT, FIRST, leaf(13, 3, 0, false)), named());
  }

  @Test
  void refusesAPartitionThatWasAttachedWithRowsAndDoesNotForgetIt() {
    require(of(ROOT, FIRST, SECOND));
    require(of(ROOT, FIRST, SECOND, leaf(13, 3, 0, true), leaf(14, 4, 100, false)));
    PostgresWaveRelations filled =
        of(ROOT, FIRST, SECOND, leaf(13, 3, 0, true), leaf(14, 4, 1, false), leaf(15, 5, 1, true));
    refused("PARTITION_FILLED", filled, named());
    refused("PARTITION_FILLED", filled, named());
  }

  /** The target's owner attaches there what was attached on the source, when it suits him. */
  @Test
  void ofAnEchoAPartitionMayBeAttachedWithRowsButNoneMayGo() {
    relations = new WaveRelations(WAVE.echo());
    require(of(ROOT, FIRST, SECOND));
    require(of(ROOT, FIRST, SECOND, leaf(15, 5, 1, true)));
    require(of(ROOT, FIRST, SECOND, leaf(15, 5, 1, true)));
    refused("PARTITION_REMOVED", of(ROOT, FIRST, SECOND), named());
  }

  @Test
  void tellsATruncatedPartitionFromATruncatedTable() {
    require(of(ROOT, FIRST, SECOND));
    require(of(ROOT, leaf(11, 3, 0, false), leaf(12, 4, 0, false)));
    require(of(ROOT, leaf(11, 3, 100, false), leaf(12, 4, 100, false)));
    refused(
        "PARTITION_TRUNCATED", of(ROOT, leaf(11, 5, 0, false), leaf(12, 4, 100, false)), named());
  }

  @Test
  void acceptsAPartitionThatWasRewritten() {
    require(of(ROOT, FIRST, SECOND));
    require(of(ROOT, leaf(11, 3, 50, false), SECOND));
  }

  @Test
  void keepsWhatTheOriginHolds() {
    PostgresWaveRelations odd =
        of(new Root(10, 20, new TableId("a b", "c\nd%\u20ac")), leaf(11, 0, 0, false));
    assertThat(PostgresWaveRelations.parse(odd.text())).isEqualTo(odd);
  }

  private void require(PostgresWaveRelations now) {
    relations.require(of(ROOT, FIRST, SECOND), now, named());
  }

  private void refused(String code, PostgresWaveRelations now, Map<Long, TableId> names) {
    PostgresWaveRelations origin = of(ROOT, FIRST, SECOND);
    assertThatThrownBy(() -> relations.require(origin, now, names))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
            });
  }

  private static PostgresWaveRelations of(Root root, Leaf... leaves) {
    return new PostgresWaveRelations(1, List.of(root), List.of(leaves));
  }

  private static Leaf leaf(long oid, long file, long bytes, boolean attached) {
    return new Leaf(oid, 10, new TableId("public", "t" + oid), file, bytes, attached);
  }

  private static Map<Long, TableId> named() {
    return Map.of(10L, NAME);
  }
}
