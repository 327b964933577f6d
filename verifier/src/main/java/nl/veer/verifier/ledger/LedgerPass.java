package nl.veer.verifier.ledger;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.digest.PassingDigester;
import nl.veer.verifier.ledger.Imbalance.Kind;
import nl.veer.verifier.ledger.Imbalance.Outcome;
import nl.veer.verifier.ledger.Reading.State;
import nl.veer.verifier.value.CanonicalBytes;
import org.jspecify.annotations.Nullable;

/**
 * Weighs echo transactions, one after the other, each against the log's transactions that its stamp
 * covers. Knows nothing that its checkpoint does not: one that begins from the checkpoint of
 * another goes on exactly as that would have. Owned by one thread.
 *
 * <p>An update of the stamp carries no old row, so the number from which it moves is the one that
 * was seen last. The first stamp event that is ever seen only says where the ledger begins: at its
 * number. The replicator writes one without rows each time that it starts (its claim), so that
 * nothing is left unweighed if the echo begins before that; if it begins later, the rows of that
 * one transaction are counted as unbalanced and left to the scan. The same goes for what follows a
 * gap in the echo.
 */
final class LedgerPass {
  private static final Where NOWHERE = new Where(null, null, null, "");

  private final LedgerConfig config;
  private final List<LedgerTable> identified;
  private final WaveTables tables;
  private final LoadedTables loads;
  private final RowDigests logDigests;
  private final RowDigests echoDigests;
  private final Supplier<Effects> effects;
  private final LogPlace log;
  private final TransactionReader echoTransactions;
  private final String echoId;
  private final StopSignal stop;
  private @Nullable Position echoPosition;
  private LedgerCounts counts;

  /**
   * What one echo transaction has come to.
   *
   * @param over whether a table's rows are identified by something else from here on, so that a new
   *     pass has to go on
   * @param marked whether a marker was among it, so that somebody waits for word of it
   */
  record Step(State state, Found found, boolean over, boolean marked) {
    private static Step without(State state) {
      return new Step(state, Found.NOTHING, false, false);
    }
  }

  /**
   * @param digester for each side one of the same key
   * @param dialect reads a boundary as it was recorded
   */
  LedgerPass(
      LedgerConfig config,
      Supplier<KeyedDigester> digester,
      SpillDirectory directory,
      BiFunction<String, Position, Boundary> dialect,
      Sides sides,
      @Nullable LedgerCheckpoint checkpoint) {
    this.config = config;
    this.loads =
        new LoadedTables(
            dialect, checkpoint == null ? config.boundaries() : checkpoint.boundaries());
    this.identified = config.tables().stream().map(loads::identified).toList();
    this.tables = new WaveTables(identified);
    DigestKey passing = DigestKey.random();
    Shapes shapes = new Shapes();
    this.logDigests = digests(digester.get(), passing, shapes);
    this.echoDigests = digests(digester.get(), passing, shapes);
    this.effects = () -> new Effects(identified.size(), directory, perSide());
    this.stop = sides.stop();
    this.echoId = sides.echo().logId();
    this.echoTransactions = new TransactionReader(sides.echo(), stop);
    if (checkpoint == null) {
      this.counts = LedgerCounts.NONE;
      this.log = new LogPlace(sides.log(), stop, null);
      echoTransactions.seek(sides.echo().beginOffset(), TransactionReader.ANY, null);
    } else {
      sides.require(checkpoint);
      this.counts = checkpoint.counts();
      this.log = new LogPlace(sides.log(), stop, checkpoint.balanced());
      this.echoPosition = checkpoint.echoPosition();
      echoTransactions.seek(
          checkpoint.echoOffset(), checkpoint.echoTransaction(), checkpoint.echoPosition());
    }
  }

  private RowDigests digests(KeyedDigester kept, DigestKey passing, Shapes shapes) {
    return new RowDigests(
        identified, config.tolerances(), kept, new PassingDigester(passing), shapes);
  }

  LedgerCheckpoint checkpoint() {
    return new LedgerCheckpoint(
        CanonicalBytes.VERSION,
        echoId,
        echoTransactions.offset(),
        echoTransactions.complete(),
        echoPosition,
        log.logId(),
        log.balanced(),
        counts,
        loads.recorded());
  }

  /** Deals with the next echo transaction, if there is one. */
  Step step() {
    try (EchoTransaction echo = new EchoTransaction(config.wave(), tables, echoDigests, effects)) {
      long next = echoTransactions.complete();
      Reading reading =
          echoTransactions.read(
              next == TransactionReader.ANY ? next : next + 1, echo, Duration.ZERO);
      if (reading.state() != State.READ) {
        return Step.without(reading.state());
      }
      Findings findings = new Findings(where(reading.end(), echoTransactions.complete()));
      Tally tally = new Tally();
      weigh(echo, reading, findings, tally);
      if (reading.end() != null) {
        echoPosition = reading.end().position();
      }
      counts = counts.plus(tally.counts(findings.count(), tolerated()));
      return new Step(State.READ, findings.found(), isOver(), tally.marked);
    } catch (Stopped e) {
      return Step.without(State.STOPPED);
    }
  }

  private boolean isOver() {
    return identified.stream().anyMatch(table -> !loads.identified(table).equals(table));
  }

  private void weigh(EchoTransaction echo, Reading reading, Findings findings, Tally tally) {
    echo.boundaries().forEach(loads::set);
    StampEvent stamp = echo.stamp();
    if (!reading.gaps().isEmpty()) {
      findings.add(Kind.NUMBERING, null, Outcome.NONE, Outcome.NONE, NOWHERE, reading.told("echo"));
      unbalanced(echo, tally);
      log.lose();
      if (stamp != null) {
        log.begin(stamp);
      }
      return;
    }
    Balanced before = log.balanced();
    if (echo.isStampGone()) {
      findings.add(
          Kind.STAMP, null, Outcome.NONE, Outcome.DELETED, NOWHERE, "the wave's stamp was deleted");
      log.lose();
    } else if (stamp != null && before == null) {
      log.begin(stamp);
      unbalanced(echo, tally);
      return;
    } else if (stamp != null && before != null) {
      log.requireSameLog(stamp);
      if (stamp.transaction() > before.transaction()) {
        balance(before, stamp, echo, findings, tally);
        return;
      }
      stays(before, stamp, findings);
    } else if (isBeforeAdoption()) {
      return;
    }
    foreign(echo, findings, tally);
  }

  /**
   * The echo of a leg behind the first is made while applications still write on its side; that is
   * the business of the leg before, until the loads of this one are on record.
   */
  private boolean isBeforeAdoption() {
    return config.wave().legNumber() > 0 && loads.recorded().isEmpty();
  }

  /** The stamp does not cover anything new. */
  private void stays(Balanced before, StampEvent stamp, Findings findings) {
    if (stamp.transaction() == before.transaction()) {
      log.claimed(stamp);
      return;
    }
    if (!stamp.isReset()) {
      stampFound(
          findings,
          NOWHERE,
          "the stamp went back from transaction %d to %d"
              .formatted(before.transaction(), stamp.transaction()));
    }
    log.begin(stamp);
  }

  private void balance(
      Balanced before, StampEvent stamp, EchoTransaction echo, Findings findings, Tally tally) {
    try (LogBatch batch =
        new LogBatch(tables, logDigests, effects, loads.boundaries(), before.position())) {
      Reading reading = log.read(stamp, batch, config.logPatience());
      if (reading.state() == State.STOPPED) {
        Stopped.check(stop);
      }
      TransactionEnd end = reading.end();
      Where last = where(end, log.complete());
      if (reading.state() == State.ENDED) {
        stampFound(
            findings,
            last,
            "the stamp stands at transaction %d, the log ends after %d"
                .formatted(stamp.transaction(), log.complete()));
        unbalanced(echo, tally);
        log.begin(stamp);
        return;
      }
      boolean proven;
      if (!reading.gaps().isEmpty()) {
        findings.add(Kind.NUMBERING, null, Outcome.NONE, Outcome.NONE, last, reading.told("log"));
        unbalanced(echo, tally);
        proven = false;
      } else {
        Balance balance = new Balance(identified, logDigests, perSide(), stop);
        balance.weigh(batch.effects(), echo.effects(), findings, last);
        proven = !balance.leavesTables();
        tally.rows += balance.rows();
        tally.incomparable += balance.incomparable();
        tally.transactions += batch.transactions();
        tally.marked |= batch.isMarked();
        if (end != null && !end.position().equals(stamp.position())) {
          stampFound(
              findings,
              last,
              "the stamp's position is not the one at which the log's transaction ended");
        }
      }
      log.advance(proven ? before.from() : stamp.transaction(), stamp, end);
    }
  }

  private static void stampFound(Findings findings, Where inLog, String what) {
    findings.add(Kind.STAMP, null, Outcome.NONE, Outcome.PRESENT, inLog, what);
  }

  /** What the transaction did is nobody's whom the ledger knows, but for loads and repairs. */
  private void foreign(EchoTransaction echo, Findings findings, Tally tally) {
    try (Effects none = effects.get()) {
      Balance balance = new Balance(identified, echoDigests, perSide(), stop);
      balance.foreign(none, echo.effects(), echo.explained(), findings, NOWHERE);
      tally.loaded += balance.rows();
    }
  }

  private void unbalanced(EchoTransaction echo, Tally tally) {
    echo.effects()
        .forEach(
            (table, generation, effect) -> {
              Stopped.check(stop);
              tally.unbalanced++;
            });
  }

  private static Where where(@Nullable TransactionEnd end, long number) {
    return end == null
        ? new Where(new EventPlace(number, 0), null, null, "")
        : new Where(end.place(), end.position(), end.committedAt(), end.sourceTransaction());
  }

  private long perSide() {
    return Math.max(1, config.memoryBytes() / 2);
  }

  /** Both sides' rows are touched alike, as a rule: what one of them has most of is said. */
  private Map<String, Long> tolerated() {
    Map<String, Long> most = new HashMap<>(logDigests.takeTolerated());
    echoDigests.takeTolerated().forEach((name, rows) -> most.merge(name, rows, Math::max));
    return most;
  }
}
