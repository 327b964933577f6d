package nl.veer.control.dashboard.view;

import java.util.List;
import nl.veer.verifier.record.DifferenceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A wave's differences, oldest first.
 *
 * @param next where the next page begins; null if there is none
 */
public record WaveDifferences(String wave, List<Line> differences, @Nullable Long next) {

  public WaveDifferences {
    differences = List.copyOf(differences);
  }

  /**
   * A row that a scan has proven to differ.
   *
   * @param state OPEN, REPAIRED or GONE
   * @param kind MISSING, EXTRA or VALUES
   * @param key the digest of the row's key, never its values
   * @param scan that saw it last
   * @param sourcePosition where the source was read
   * @param targetPosition the source's position that the target held
   * @param culprit who made it; null if nobody has asked
   * @param closedBy {@code scan 17} or {@code repair 3}; null while it is open
   */
  public record Line(
      long id,
      String state,
      String kind,
      String table,
      String key,
      List<String> columns,
      long scan,
      String sourcePosition,
      String targetPosition,
      String foundAt,
      String lastSeenAt,
      @Nullable String culprit,
      @Nullable String blame,
      @Nullable String closedBy,
      @Nullable String closedAt) {

    public Line {
      columns = List.copyOf(columns);
    }

    public static Line of(DifferenceRecord one) {
      return new Line(
          one.id(),
          one.state().name(),
          one.kind().name(),
          one.table().toString(),
          one.keyDigest(),
          one.columns(),
          one.scan(),
          one.source().text(),
          one.target().text(),
          one.foundAt().toString(),
          one.lastSeenAt().toString(),
          one.culprit(),
          one.blame(),
          one.closedBy(),
          one.closedAt() == null ? null : one.closedAt().toString());
    }
  }
}
