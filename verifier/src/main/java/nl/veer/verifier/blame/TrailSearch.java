package nl.veer.verifier.blame;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.verifier.blame.RowTrail.Reach;
import nl.veer.verifier.blame.RowTrail.Topic;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.record.Secrets;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds what became of one row, in the newest part of log and echo, one after the other. It reads
 * the databases' catalogs first, and of the tables at most that row. Owned by one thread.
 */
public final class TrailSearch {
  /** An idle log grows by that in some days, a busy one in an hour or less. */
  private static final TrailPass.Bounds BOUNDS =
      new TrailPass.Bounds(1_000_000, 50_000, Duration.ofSeconds(90));

  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final WaveGround tables;
  private final SourceConnections source;
  private final TargetConnections target;
  private final Supplier<LogReader> log;
  private final Supplier<LogReader> echo;
  private final StopSignal stop;
  private final Waiting waiting;

  /** Somebody who waits for it. */
  public interface Waiting {
    /** If not, the search ends. */
    boolean isWanted();

    /**
     * @param topic the log or the echo
     * @param read how many of its records
     * @param of how many there are to read
     */
    void at(String topic, long read, long of);
  }

  /** A row, its table, and the secret under which the digest of its log key is made. */
  private record Sought(BlamedTable table, Digest128 key, DigestKey secret) {}

  public TrailSearch(
      WaveGround tables,
      SourceConnections source,
      TargetConnections target,
      Supplier<LogReader> log,
      Supplier<LogReader> echo,
      StopSignal stop,
      Waiting waiting) {
    this.tables = tables;
    this.source = source;
    this.target = target;
    this.log = log;
    this.echo = echo;
    this.stop = stop;
    this.waiting = waiting;
  }

  /**
   * Of a row as a scan names it.
   *
   * @return empty if its table is not alike on both sides, or the log tells rows apart as no scan
   *     does
   * @throws Failure if a side, the log or the echo cannot be read
   */
  public Optional<RowTrail> of(Suspect row) {
    return sought(row.table(), row).map(this::trail);
  }

  /**
   * Of a row as the ledger names it.
   *
   * @param digest of its key, by the ledger's secret
   */
  public Optional<RowTrail> of(TableId table, Digest128 digest) {
    return sought(table, null)
        .map(any -> new Sought(any.table, digest, any.secret))
        .map(this::trail);
  }

  /**
   * @param row null if its digest is known
   */
  private Optional<Sought> sought(TableId id, @Nullable Suspect row) {
    RowHash hash = RowHash.random();
    try (ScanSession there = ScanSession.source(source, hash, ANSWER);
        ScanSession here = ScanSession.target(target, hash, ANSWER)) {
      BlamedTable table = tables.read(there, here, List.of(id)).get(id);
      if (table == null || table.logKey().isEmpty() || !table.table().hasKey()) {
        return Optional.empty();
      }
      WaveId wave = tables.wave();
      DigestKey secret =
          here.ask("reading the ledger's secret", connection -> Secrets.ledger(connection, wave))
              .orElseGet(DigestKey::random);
      there.end();
      here.end();
      if (row == null) {
        return Optional.of(new Sought(table, Digest128.ZERO, secret));
      }
      return new LedgerKeys(secret)
          .of(table, row.key())
          .or(() -> present(there, here, table, row, secret))
          .map(key -> new Sought(table, key, secret));
    }
  }

  /** By the row itself, where its key's texts do not tell. */
  private Optional<Digest128> present(
      ScanSession there, ScanSession here, BlamedTable table, Suspect row, DigestKey secret) {
    RowForms forms = new RowForms(new KeyedDigester(secret));
    BothSides<List<@Nullable String>> rows =
        PresentRows.read(there, here, tables.wave(), Map.of(row.table(), table), List.of(row));
    List<@Nullable String> old = rows.sourceRows().get(row);
    List<@Nullable String> now = rows.targetRows().get(row);
    return old != null
        ? Optional.ofNullable(forms.key(table, table.source(), old))
        : now == null
            ? Optional.empty()
            : Optional.ofNullable(forms.key(table, table.target(), now));
  }

  private RowTrail trail(Sought row) {
    RowMasks masks = new RowMasks();
    RowForms keys = new RowForms(new KeyedDigester(row.secret));
    TrailSink logged = new TrailSink(row.table, row.key, keys, masks, new LogOrigin(), false);
    TrailSink echoed =
        new TrailSink(row.table, row.key, keys, masks, new EchoOrigin(tables.wave()), true);
    return new RowTrail(read("log", log, logged), read("echo", echo, echoed));
  }

  private Topic read(String name, Supplier<LogReader> reading, TrailSink sink) {
    TrailPass pass = new TrailPass(BOUNDS, stop, waiting);
    Reach reach;
    try (LogReader reader = reading.get()) {
      reach = pass.run(name, reader, sink);
    } catch (Failure failure) {
      if (failure.kind() != FailureKind.LOST_POSITION) {
        throw failure;
      }
      reach = Reach.ABSENT;
    }
    return new Topic(sink.events(), sink.hasMore(), reach, pass.count());
  }
}
