package nl.veer.verifier.verdict;

import java.util.Objects;

/**
 * Where both sides were read for one comparison. The target's was taken first.
 *
 * @param exact whether equal snapshots are equal states; not on a standby, which shows as running
 *     what it has not heard the end of, so that two of its states may read alike
 */
public record Cuts(SourceCut source, TargetCut target, boolean exact) {

  public Cuts(SourceCut source, TargetCut target) {
    this(source, target, true);
  }

  /** Before both: neither side was looked at earlier at one of them. */
  public Cuts earliest(Cuts other) {
    return new Cuts(
        source.position().isAfter(other.source.position()) ? other.source : source,
        target.position().isAfter(other.target.position()) ? other.target : target,
        exact && other.exact);
  }

  /** Behind both: neither side was looked at later at one of them. */
  public Cuts latest(Cuts other) {
    return new Cuts(
        other.source.position().isAfter(source.position()) ? other.source : source,
        other.target.position().isAfter(target.position()) ? other.target : target,
        exact && other.exact);
  }

  /**
   * The same look at the source, with a target that has moved on since. Between its two stamps the
   * source was looked at: its log is to be read from the first of them.
   *
   * @throws NullPointerException if the target of this one said no stamp
   */
  public Cuts appliedOnTo(TargetCut.Applied stamp) {
    long from = Math.min(Objects.requireNonNull(target.stamp()).logOffset(), stamp.logOffset());
    return new Cuts(
        source,
        new TargetCut(
            target.snapshot(),
            target.position(),
            new TargetCut.Applied(stamp.transaction(), stamp.position(), stamp.logId(), from)),
        exact);
  }

  /** Whether both sides were, for certain, in the same state as at the other. */
  public boolean sameAs(Cuts other) {
    return exact
        && other.exact
        && source.snapshot().equals(other.source.snapshot())
        && target.snapshot().equals(other.target.snapshot());
  }
}
