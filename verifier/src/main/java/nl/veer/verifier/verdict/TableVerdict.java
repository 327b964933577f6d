package nl.veer.verifier.verdict;

import java.time.Duration;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.Balance.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a table. EQUAL needs a scan of the present load that found nothing, no open
 * difference or finding, and a ledger that is alive and has weighed everything since the scan's
 * first look; anything that is missing makes it UNKNOWN.
 *
 * @param position of the source, for which EQUAL or DIFFERENT holds; of UNKNOWN that up to which it
 *     was known to be equal, null if it never was
 * @param because what decides: {@code scan 17}, {@code finding 12}, {@code load}, {@code ledger}
 * @param scan the statement that it rests on; null without one
 * @param closedBy what has closed a difference or finding last; null if nothing ever did
 */
public record TableVerdict(
    TableId table,
    Verdict verdict,
    @Nullable Position position,
    String because,
    @Nullable Scanned scan,
    @Nullable String closedBy) {
  static final String LEDGER = "ledger";
  static final String LOAD = "load";

  /**
   * @param bound a ledger that is further behind, or was silent for longer, says nothing of now
   */
  public static TableVerdict of(TableBasis basis, Balance balance, Duration bound) {
    Scanned last = basis.scans().isEmpty() ? null : basis.scans().get(0);
    Optional<Scanned> base = base(basis, balance);
    Position known = position(base, balance);
    if (basis.differences() + basis.findings() > 0) {
      return new TableVerdict(
          basis.table(),
          new Verdict.Different(basis.differences() + basis.findings()),
          reached(last, balance),
          basis.findings() > 0 ? "finding " + basis.newestFinding() : scan(basis.differenceScan()),
          last,
          basis.closedBy());
    }
    Reason reason = reason(basis, last, base, balance, bound);
    return reason == null
        ? new TableVerdict(
            basis.table(),
            Verdict.equal(),
            known,
            scan(base.orElseThrow().id()),
            base.orElseThrow(),
            basis.closedBy())
        : new TableVerdict(
            basis.table(), reason.unknown, known, reason.because, last, basis.closedBy());
  }

  private record Reason(Verdict unknown, String because) {
    static Reason of(UnknownReason reason, String words, String because) {
      return new Reason(Verdict.unknown(reason, words), because);
    }
  }

  /** Null if there is none not to say EQUAL. */
  private static @Nullable Reason reason(
      TableBasis basis,
      @Nullable Scanned last,
      Optional<Scanned> base,
      Balance balance,
      Duration bound) {
    if (!basis.loaded()) {
      return Reason.of(UnknownReason.NEVER_SCANNED, "It is not loaded yet.", LOAD);
    }
    if (last == null || !last.ofThisLoad()) {
      return Reason.of(
          UnknownReason.NEVER_SCANNED, "No scan has looked at it since it was loaded.", LOAD);
    }
    if (last.verdict() instanceof Verdict.Unknown unknown) {
      return new Reason(unknown, scan(last.id()));
    }
    if (last.verdict() instanceof Verdict.Different) {
      String closedBy = basis.closedBy();
      return Reason.of(
          UnknownReason.BEHIND,
          "What the last scan found is mended; no scan has looked at it since.",
          closedBy == null ? scan(last.id()) : closedBy);
    }
    if (balance instanceof Ledger ledger) {
      return behind(ledger, base, last, bound);
    }
    return base.isPresent()
        ? null
        : Reason.of(UnknownReason.ERROR, "The last scan names no position.", scan(last.id()));
  }

  private static @Nullable Reason behind(
      Ledger ledger, Optional<Scanned> base, Scanned last, Duration bound) {
    String failure = ledger.failure();
    if (failure != null) {
      return Reason.of(UnknownReason.ERROR, "The ledger does not go on: " + failure, LEDGER);
    }
    if (!ledger.running()) {
      return Reason.of(
          UnknownReason.BEHIND, "No process balances this wave; start veer verify.", LEDGER);
    }
    if (exceeds(ledger.age(), bound) || exceeds(ledger.lag(), bound)) {
      return Reason.of(
          UnknownReason.BEHIND,
          "The ledger is more than %d s behind.".formatted(bound.toSeconds()),
          LEDGER);
    }
    return base.isPresent()
        ? null
        : Reason.of(
            UnknownReason.BEHIND,
            "The ledger has not weighed all that happened since the last scan began.",
            scan(last.id()));
  }

  private static boolean exceeds(@Nullable Duration time, Duration bound) {
    return time == null || time.compareTo(bound) > 0;
  }

  /** The newest scan from which on everything is known; none that a later one contradicts. */
  private static Optional<Scanned> base(TableBasis basis, Balance balance) {
    for (Scanned scan : basis.scans()) {
      if (!scan.ofThisLoad() || !(scan.verdict() instanceof Verdict.Equal)) {
        return Optional.empty();
      }
      if (balance instanceof Ledger ledger ? ledger.covers(scan) : isWhole(scan)) {
        return Optional.of(scan);
      }
    }
    return Optional.empty();
  }

  private static boolean isWhole(Scanned scan) {
    return scan.first() != null && scan.last() != null;
  }

  private static @Nullable Position position(Optional<Scanned> base, Balance balance) {
    return base.map(scan -> balance instanceof Ledger ledger ? ledger.upTo() : scan.first())
        .orElse(null);
  }

  private static @Nullable Position reached(@Nullable Scanned last, Balance balance) {
    if (balance instanceof Ledger ledger && ledger.upTo() != null) {
      return ledger.upTo();
    }
    return last == null ? null : last.last();
  }

  private static String scan(long id) {
    return "scan " + id;
  }
}
