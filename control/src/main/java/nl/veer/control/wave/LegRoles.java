package nl.veer.control.wave;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureConfig;
import nl.veer.connectors.dialect.ReadySessions;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.log.LogTail;
import nl.veer.connectors.log.LogTopic;
import nl.veer.control.config.TuningConfig;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorConfig;
import nl.veer.replicator.stamp.WaveRecords;
import org.jspecify.annotations.Nullable;

/** Builds the roles of a leg; none of them has begun. The same for a leg of either direction. */
final class LegRoles {
  private final Migration migration;
  private final OpenLog log;

  LegRoles(Migration migration, OpenLog log) {
    this.migration = migration;
    this.log = log;
  }

  /**
   * @param truncate whether the load empties tables that hold rows
   */
  WaveRoles of(Leg leg, Role role, boolean truncate) {
    EchoGround ground = new EchoGround(leg.wave(), leg.to());
    EchoStart echoStart = null;
    if (migration.verification().ledger() && role.replicates()) {
      EchoWatch watch = role.verifies() ? null : new EchoWatch(leg.wave(), ground);
      echoStart = new EchoStart(leg.wave(), ground, echo(leg), watch);
    }
    EchoRun echo = null;
    if (migration.verification().ledger() && role.verifies()) {
      echo = new EchoRun(leg.wave(), ground, echo(leg), mayBegin(leg, ground, echoStart));
    }
    ReadyReader reader = new ReadyReader(() -> log.reader(leg.wave()));
    ReadySessions sessions = new ReadySessions(leg.to().endpoint());
    return new WaveRoles(
        role.captures() ? capture(leg) : null,
        role.replicates() ? replicator(leg, truncate, reader, sessions, echoStart) : null,
        role.replicates() ? reader : null,
        role.replicates() ? sessions : null,
        echoStart,
        echo,
        echo == null ? null : ledger(leg),
        WaveProof.of(leg.wave(), migration.along(leg), log, role));
  }

  /** The echo of a leg behind the first one is made with the leg. */
  private BooleanSupplier mayBegin(Leg leg, EchoGround ground, @Nullable EchoStart start) {
    return start == null || leg.number() > 0
        ? () -> ground.hasBatches() || isMade(leg.wave().echo())
        : start::isDone;
  }

  Capture capture(Leg leg) {
    return new Capture(
        new CaptureConfig(leg.wave(), leg.tables(), log.topic(), migration.tuning().heartbeat()),
        leg.from(),
        log.kafka(),
        log.registry());
  }

  /** The target is captured as the source is, with the records that say what each change is of. */
  Capture echo(Leg leg) {
    List<TableId> all = new ArrayList<>(leg.tables());
    all.addAll(WaveRecords.TABLES);
    return new Capture(
        new CaptureConfig(leg.wave().echo(), all, log.topic(), migration.tuning().heartbeat()),
        leg.to().asSource(),
        log.kafka(),
        log.registry());
  }

  private Replicator replicator(
      Leg leg,
      boolean truncate,
      ReadyReader reader,
      ReadySessions sessions,
      @Nullable EchoStart echoStart) {
    TuningConfig tuning = migration.tuning();
    ReplicatorConfig config =
        new ReplicatorConfig(
            leg.wave(),
            leg.tables(),
            tuning.loadWorkers(),
            truncate,
            tuning.batchRows(),
            tuning.batchBytes().bytes(),
            tuning.batchDelay());
    Runnable beforeBatches = echoStart == null ? () -> {} : echoStart::beforeBatches;
    return new Replicator(config, leg.from(), leg.to().drawingOn(sessions), reader, beforeBatches);
  }

  private LedgerRun ledger(Leg leg) {
    Path spill =
        migration.data().resolve("ledger-" + leg.wave().migration() + "-" + leg.wave().wave());
    return new LedgerRun(leg.wave(), leg.tables(), migration.along(leg), log, spill);
  }

  /** The last step of making an echo is to write where its slot began. */
  private boolean isMade(EchoId echo) {
    return new LogTopic(log.kafka(), echo).id().isPresent()
        && LogTail.read(log.kafka(), echo, log.topic().maxRecordBytes()).start() != null;
  }
}
