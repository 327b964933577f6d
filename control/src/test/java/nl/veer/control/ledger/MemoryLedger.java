package nl.veer.control.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.ledger.Found;
import nl.veer.verifier.ledger.Imbalance;
import nl.veer.verifier.ledger.Ledger;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerConfig;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.ledger.LedgerRecords;
import nl.veer.verifier.ledger.LedgerTable;
import nl.veer.verifier.ledger.LoadBoundary;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/**
 * A ledger of a world's topics that is never interrupted, and remembers how it stood after every
 * transaction of the echo.
 */
final class MemoryLedger implements LedgerRecords {
  private final CrossingWorld world;
  private final List<LedgerTable> tables;
  private final Map<TableId, LoadBoundary> boundaries;
  private final StopSignal stop = new StopSignal();
  private final Map<Long, LedgerCounts> counts = new TreeMap<>();
  private final List<Imbalance> findings = new ArrayList<>();
  private final long last;
  private @Nullable LedgerCheckpoint checkpoint;

  private MemoryLedger(
      CrossingWorld world,
      List<LedgerTable> tables,
      Map<TableId, LoadBoundary> boundaries,
      long last) {
    this.world = world;
    this.tables = tables;
    this.boundaries = boundaries;
    this.last = last;
  }

  /**
   * Balances from the beginning.
   *
   * @param last number of the echo's transaction with which it ends
   */
  static MemoryLedger of(
      CrossingWorld world,
      List<LedgerTable> tables,
      Map<TableId, LoadBoundary> boundaries,
      long last,
      Path spill) {
    MemoryLedger records = new MemoryLedger(world, tables, boundaries, last);
    Ledger ledger =
        new Ledger(
            world.wave,
            () -> records.config(spill),
            DigestKey.random(),
            new PostgresLoad()::boundary,
            records.reader(world.wave),
            records.reader(world.wave.echo()),
            records);
    ledger.run(records.stop);
    return records;
  }

  private LedgerConfig config(Path spill) {
    return new LedgerConfig(
        world.wave,
        tables,
        Tolerances.NONE,
        boundaries,
        null,
        spill,
        64 << 20,
        Duration.ZERO,
        CrossingWorld.PATIENCE);
  }

  private Supplier<LogReader> reader(LogId log) {
    return () ->
        KafkaLogReader.open(
            new KafkaEndpoint(world.servers().bootstrap(), Map.of()),
            new RegistryEndpoint(world.servers().registry(), Map.of()),
            log,
            new TopicConfig(1, 1));
  }

  /** What it had counted after that transaction of the echo. */
  @Nullable LedgerCounts counts(long echoTransaction) {
    return counts.get(echoTransaction);
  }

  List<Imbalance> findings() {
    return findings;
  }

  @Override
  public Optional<LedgerCheckpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  @Override
  public void save(LedgerCheckpoint next, Found found) {
    checkpoint = next;
    counts.put(next.echoTransaction(), next.counts());
    findings.addAll(found.detailed());
    if (next.echoTransaction() >= last) {
      stop.raise();
    }
  }

  @Override
  public void tell(@Nullable Failure failure) {
    if (failure != null) {
      throw new AssertionError("A ledger that nothing is in the way of failed", failure);
    }
  }
}
