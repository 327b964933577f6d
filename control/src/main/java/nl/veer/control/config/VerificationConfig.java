package nl.veer.control.config;

import java.time.Duration;
import java.util.List;

/** How what is carried over is proven. */
public record VerificationConfig(
    @Setting(
            value =
                "Capture the target too, into the wave's echo, from before the first batch: only"
                    + " what the echo holds can be balanced against the log. Costs a slot and a WAL"
                    + " sender on the target (`wal_level = logical`), a topic as large as the log's,"
                    + " and the target's WAL while nobody reads the slot. Without it, no foreign"
                    + " write and no wrong change is noticed as it happens, and nothing can prove it"
                    + " later; the echo of a wave under way begins where it is switched on.",
            byDefault = "true")
        boolean ledger,
    @Setting(
            value =
                "Scan each wave's tables round and round, once they are loaded: only a scan proves"
                    + " the rows that nobody writes. Without it every table stays UNKNOWN until"
                    + " `veer scan` has looked at it.",
            byDefault = "true")
        boolean scan,
    @Setting(
            value =
                "A table is scanned again so long after its last scan; one that was not scanned"
                    + " since its load comes first, then the one that waits longest.",
            byDefault = "15m",
            min = 1_000)
        Duration scanEvery,
    @Setting(
            value =
                "A wave's scan reads at most this many rows per second of each side; 0 for as many"
                    + " as the databases give. The default is about a tenth of what one worker can"
                    + " read: a billion rows in three hours.",
            byDefault = "100000",
            min = 0)
        int scanRate,
    @Setting(
            value =
                "How many parts of a table a wave's scan compares at once; each takes a session on"
                    + " both sides.",
            byDefault = "1",
            min = 1,
            max = 64)
        int scanWorkers,
    @Setting(
            value =
                "A scan pauses while the target is further than this behind the source: what it"
                    + " takes, the replicator does not get.",
            byDefault = "10s",
            min = 1_000)
        Duration pauseLag,
    @Setting(
            value =
                "A scan pauses while more sessions than this, other than Veer's, are busy on the"
                    + " source; 0 to go on whatever they do.",
            byDefault = "50",
            min = 0)
        int pauseActive,
    @Setting(
            value =
                "A ledger that is further behind the source than this, or was silent for longer,"
                    + " says nothing of now: the verdict is then UNKNOWN.",
            byDefault = "30s",
            min = 1_000)
        Duration verdictLag,
    @Setting(
            value =
                "Differences that are none: columns that are not compared, or not exactly. Every"
                    + " verdict that rests on one names it.",
            byDefault = "[]")
        List<ToleranceConfig> tolerances) {
  private static final Duration EVERY = Duration.ofMinutes(15);
  private static final int RATE = 100_000;
  private static final Duration PAUSE_LAG = Duration.ofSeconds(10);
  private static final int PAUSE_ACTIVE = 50;
  private static final Duration VERDICT_LAG = Duration.ofSeconds(30);

  public VerificationConfig {
    tolerances = List.copyOf(tolerances);
    if (tolerances.stream().map(one -> one.table() + "." + one.column()).distinct().count()
        < tolerances.size()) {
      throw new IllegalArgumentException("tolerances: two are of the same column");
    }
  }

  /** The defaults, with or without ledger and scan. */
  public static VerificationConfig of(boolean ledger, boolean scan) {
    return new VerificationConfig(
        ledger, scan, EVERY, RATE, 1, PAUSE_LAG, PAUSE_ACTIVE, VERDICT_LAG, List.of());
  }

  /** The same with scans at this rhythm and pace. */
  public VerificationConfig scanning(Duration every, int rate) {
    return new VerificationConfig(
        ledger, true, every, rate, scanWorkers, pauseLag, pauseActive, verdictLag, tolerances);
  }

  /** The same with these tolerances. */
  public VerificationConfig tolerating(List<ToleranceConfig> others) {
    return new VerificationConfig(
        ledger, scan, scanEvery, scanRate, scanWorkers, pauseLag, pauseActive, verdictLag, others);
  }
}
