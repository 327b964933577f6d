package nl.veer.verifier.scan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.postgres.HashAgreement;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.TableFacts;
import nl.veer.verifier.scan.postgres.TableMatch;
import nl.veer.verifier.scan.postgres.TableMatch.Match;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import org.jspecify.annotations.Nullable;

/**
 * One scan of tables of two databases: digested in chunks inside of both, several at once. It only
 * reads. Its statement says EQUAL of a table only if each of its chunks was equal, or became so.
 * One thread runs it; {@link #stop} and {@link #progress} may come from any.
 */
public final class Scan implements AutoCloseable {
  private final ScanConfig config;
  private final Endpoints endpoints;
  private final RowHash secret;
  private final Settlement settlement;
  private final ScanRecords records;
  private final Clock clock;
  private final Brake brake;
  private final StopSignal stop = new StopSignal();
  private final SessionPairs sessions;
  private @Nullable RowHash agreed;
  private final List<TableTally> tallies = new ArrayList<>();
  private volatile @Nullable Workers workers;
  private volatile @Nullable Walker walker;
  private volatile int tables;

  /**
   * The two databases.
   *
   * @param wave the wave whose stamp the target keeps; null for two databases without one
   */
  public record Endpoints(
      SourceConnections source, TargetConnections target, @Nullable WaveId wave) {
    public static Endpoints of(SourceConnections source, TargetConnections target) {
      return new Endpoints(source, target, null);
    }
  }

  /**
   * @param secret what the digests are keyed with
   * @param settlement tells what is settled between the two
   * @param records where it goes on
   */
  public Scan(
      ScanConfig config,
      Endpoints endpoints,
      RowHash secret,
      Settlement settlement,
      ScanRecords records,
      Clock clock) {
    this(config, endpoints, secret, settlement, records, clock, Brake.NONE);
  }

  /**
   * @param brake holds it up before each part
   */
  public Scan(
      ScanConfig config,
      Endpoints endpoints,
      RowHash secret,
      Settlement settlement,
      ScanRecords records,
      Clock clock,
      Brake brake) {
    this.config = config;
    this.endpoints = endpoints;
    this.secret = secret;
    this.settlement = settlement;
    this.records = records;
    this.clock = clock;
    this.brake = brake;
    this.sessions = new SessionPairs(endpoints);
  }

  /**
   * Does what can be done ahead of {@link #run}, for those who are in a hurry then: opens the
   * workers' sessions, and agrees with the servers on the digest.
   *
   * @throws Failure if a side cannot be reached
   */
  public void ready() {
    List<SessionPairs.Pair> open = new ArrayList<>();
    try {
      for (int i = 0; i < config.workers(); i++) {
        open.add(sessions.take(secret));
      }
      agree(open.get(0));
    } finally {
      open.forEach(sessions::give);
    }
  }

  private RowHash agree(SessionPairs.Pair pair) {
    RowHash hash = agreed;
    if (hash == null) {
      hash = HashAgreement.of(pair.source(), pair.target(), secret);
      agreed = hash;
      pair.source().end();
      pair.target().end();
    }
    return hash;
  }

  /**
   * Scans these tables; all that either side has if none are given.
   *
   * @throws Failure if a side cannot be reached, or its catalog not be read; what goes wrong with a
   *     table is in its statement
   */
  public ScanStatement run(Collection<TableId> wanted) {
    Instant startedAt = clock.instant();
    long begin = System.nanoTime();
    Prepared prepared = prepare();
    Set<TableId> ids = new TreeSet<>(wanted);
    if (ids.isEmpty()) {
      ids.addAll(prepared.source.keySet());
      ids.addAll(prepared.target.keySet());
    }
    tables = ids.size();
    return statement(prepared, ids, startedAt, begin, this::whole);
  }

  /**
   * Compares only these parts of tables, each table's in any order; at least one of each. A
   * statement is then of these parts alone. A table whose key both sides do not order in the same
   * way has only one part: {@link KeyRange#ALL}.
   *
   * @throws Failure if a side cannot be reached, or its catalog not be read
   */
  public ScanStatement run(Map<TableId, List<KeyRange>> parts) {
    Instant startedAt = clock.instant();
    long begin = System.nanoTime();
    Prepared prepared = prepare();
    tables = parts.size();
    return statement(
        prepared,
        new TreeSet<>(parts.keySet()),
        startedAt,
        begin,
        (ahead, table, resumed) -> Objects.requireNonNull(parts.get(table.id())).iterator());
  }

  /** Into which parts a table is cut. */
  private interface Cutting {
    Iterator<KeyRange> of(Walker ahead, ScanTable table, Optional<TableProgress> resumed);
  }

  private Iterator<KeyRange> whole(Walker ahead, ScanTable table, Optional<TableProgress> resumed) {
    return ahead.over(
        new KeyWalk(
            table, config.pacedChunkRows(), resumed.map(TableProgress::bound).orElse(null)));
  }

  private ScanStatement statement(
      Prepared prepared, Set<TableId> ids, Instant startedAt, long begin, Cutting cutting) {
    List<TableStatement> statements = scan(prepared, ids, cutting);
    return ScanStatement.of(
        prepared.hash.name(), startedAt, Duration.ofNanos(System.nanoTime() - begin), statements);
  }

  private record Prepared(
      RowHash hash, Map<TableId, TableFacts> source, Map<TableId, TableFacts> target) {}

  private Prepared prepare() {
    boolean ahead = sessions.hasFree();
    try {
      return prepared();
    } catch (Failure e) {
      if (!ahead || e.kind() != FailureKind.TRANSIENT || stop.isRaised()) {
        throw e;
      }
      // It may only be what was opened ahead.
      sessions.close();
      return prepared();
    }
  }

  private Prepared prepared() {
    SessionPairs.Pair pair = sessions.take(secret);
    boolean whole = false;
    try {
      RowHash hash = agree(pair);
      CompletableFuture<Map<TableId, TableFacts>> target =
          CompletableFuture.supplyAsync(() -> facts(pair.target()), Scan::aside);
      Map<TableId, TableFacts> source;
      try {
        source = facts(pair.source());
      } finally {
        target.exceptionally(e -> Map.of()).join();
      }
      Prepared prepared = new Prepared(hash, source, target.join());
      whole = true;
      return prepared;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      if (whole) {
        sessions.give(pair);
      } else {
        pair.close();
      }
    }
  }

  private static void aside(Runnable work) {
    Thread thread = new Thread(work, "scan target");
    thread.setDaemon(true);
    thread.start();
  }

  private static Map<TableId, TableFacts> facts(ScanSession session) {
    Map<TableId, TableFacts> facts =
        session.ask("reading the tables' definitions", TableFacts::read);
    session.end();
    return facts;
  }

  private List<TableStatement> scan(Prepared prepared, Set<TableId> ids, Cutting cutting) {
    Map<TableId, TableStatement> unfit = new HashMap<>();
    Map<TableId, TableTally> begun = new HashMap<>();
    Workers crew =
        new Workers(
            config, sessions, endpoints.wave(), prepared.hash, settlement, brake, stop, clock);
    Walker ahead = new Walker(endpoints, prepared.hash, stop);
    workers = crew;
    walker = ahead;
    try (sessions;
        crew;
        ahead) {
      for (TableId id : ids) {
        Match match =
            TableMatch.of(
                id, prepared.source.get(id), prepared.target.get(id), config.tolerances());
        if (match instanceof Match.Comparable fit) {
          try {
            begun.put(id, walk(ahead, crew, fit, prepared.hash, cutting));
          } catch (RuntimeException e) {
            unfit.put(id, TableStatement.unknown(id, UnknownReason.ERROR, words(e)));
          }
        } else if (match instanceof Match.Unfit unfitting) {
          unfit.put(id, TableStatement.unknown(id, UnknownReason.ERROR, unfitting.why()));
        }
      }
      crew.finish();
    }
    return ids.stream()
        .map(
            id -> {
              TableTally tally = begun.get(id);
              return tally == null ? unfit.get(id) : tally.statement();
            })
        .toList();
  }

  private TableTally walk(
      Walker ahead, Workers crew, Match.Comparable match, RowHash hash, Cutting cutting) {
    // Sums of two digests do not add up.
    String shape = hash.name() + " " + match.table().shape();
    Optional<TableProgress> resumed =
        records
            .progress(match.table().id())
            .filter(progress -> progress.shape().equals(shape))
            .filter(progress -> match.table().walked());
    TableTally tally = new TableTally(match.table(), shape, records, resumed);
    synchronized (tallies) {
      tallies.add(tally);
    }
    Iterator<KeyRange> parts = cutting.of(ahead, match.table(), resumed);
    long chunks = 0;
    try {
      while (parts.hasNext() && !tally.isFailed() && !stop.isRaised()) {
        crew.give(new Workers.Task(tally, chunks, parts.next()));
        chunks++;
      }
    } catch (Failure e) {
      tally.failed(
          stop.isRaised() ? UnknownReason.STOPPED : UnknownReason.ERROR,
          String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      tally.failed(UnknownReason.ERROR, words(e));
    }
    if (!parts.hasNext()) {
      tally.knowEnd(chunks);
    }
    return tally;
  }

  /** Never an unexpected one's own: they may quote what was worked on. */
  private static String words(RuntimeException e) {
    return e instanceof Failure
        ? String.valueOf(e.getMessage())
        : "Unexpected, please report: " + BareTrace.named(e);
  }

  /** Ends it soon; what is not through is UNKNOWN in its statement. */
  public void stop() {
    stop.raise();
    Workers crew = workers;
    if (crew != null) {
      crew.cancel();
    }
    Walker ahead = walker;
    if (ahead != null) {
      ahead.cancel();
    }
  }

  /** What was opened ahead, and not used. */
  @Override
  public void close() {
    sessions.close();
  }

  public ScanProgress progress() {
    synchronized (tallies) {
      List<TableStatement> begun = tallies.stream().map(TableTally::statement).toList();
      return new ScanProgress(
          tables,
          (int) tallies.stream().filter(TableTally::isThrough).count(),
          begun.stream().mapToLong(table -> table.source().rows()).sum(),
          begun.stream().mapToLong(TableStatement::differing).sum());
    }
  }
}
