package nl.veer.control.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.status.LiveStatus;
import nl.veer.control.status.SourceEnd;
import nl.veer.control.status.StatusTable;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.WaveRun;
import nl.veer.sandbox.workload.ShopWorkload;
import org.jspecify.annotations.Nullable;

/**
 * What all acts of a demo play on: a shop that is open and a wave that is carried, on whatever leg.
 * Shows how it is while an act waits. Owned by the demo's thread; what runs on it is its owner's to
 * close.
 */
final class DemoStage implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Audience audience;
  private final VeerConfig config;
  private final Migration migration;
  private final OpenLog log;
  private final ShopWorkload shop;
  private final MigrationRun run;
  private final Instant opened = Instant.now();
  private @Nullable SourceEnd end;
  private int shown = -1;
  private @Nullable WaveState state;

  DemoStage(
      Audience audience,
      VeerConfig config,
      Migration migration,
      OpenLog log,
      ShopWorkload shop,
      MigrationRun run) {
    this.audience = audience;
    this.config = config;
    this.migration = migration;
    this.log = log;
    this.shop = shop;
    this.run = run;
  }

  Audience audience() {
    return audience;
  }

  VeerConfig config() {
    return config;
  }

  Migration migration() {
    return migration;
  }

  OpenLog log() {
    return log;
  }

  ShopWorkload shop() {
    return shop;
  }

  /** When it was set; the customers write since before. */
  Instant opened() {
    return opened;
  }

  /** The leg that the wave is on, as home has it on record. */
  Leg leg() {
    return Objects.requireNonNull(Legs.current(migration).get(DemoWorld.WAVE));
  }

  /** The wave as it runs here; empty for a moment between two legs. */
  Optional<WaveRun> wave() {
    return run.waves().stream().findFirst();
  }

  /** The side that a leg leads away from, as the configuration calls it. */
  static String from(Leg leg) {
    return leg.number() % 2 == 0 ? "source" : "target";
  }

  /** The side that follows. */
  static String to(Leg leg) {
    return leg.number() % 2 == 0 ? "target" : "source";
  }

  /**
   * Shows how it is, and rests for a moment.
   *
   * @return false if the audience has left
   * @throws RuntimeException what has ended the run or the shop
   */
  boolean goOn() {
    wave().ifPresent(this::show);
    if (run.awaitOver(LOOK)) {
      throw run.failure().orElseThrow();
    }
    if (shop.failure().isPresent()) {
      shop.stop();
    }
    return !audience.hasLeft();
  }

  /**
   * Returns when the audience has left.
   *
   * @throws RuntimeException what has ended the run
   */
  void stay() {
    while (!audience.hasLeft()) {
      if (run.awaitOver(LOOK)) {
        throw run.failure().orElseThrow();
      }
    }
  }

  /** The customers are too much for this machine: half of them stay away from now on. */
  void calm(String why) {
    audience.line(
        "%s, with so many customers on this machine. From now on they write %.1f transactions a second."
            .formatted(why, shop.halve()));
  }

  /**
   * Where the active side's log ends now.
   *
   * @throws Failure TRANSIENT if it cannot be read
   */
  Position end(Leg leg) {
    Position last = follow(leg).position();
    if (last == null) {
      throw new Failure(
          FailureKind.TRANSIENT, "DEMO", "The last position of the active side cannot be read.");
    }
    return last;
  }

  private SourceEnd follow(Leg leg) {
    SourceEnd open = end;
    if (open == null || shown != leg.number()) {
      close();
      open = new SourceEnd(leg.from());
      end = open;
      shown = leg.number();
      state = null;
    }
    return open;
  }

  private void show(WaveRun wave) {
    WaveStatus now = LiveStatus.of(wave, follow(wave.leg()).position());
    if (now.state() != state) {
      state = now.state();
      audience.line(
          "%s (%,d transactions so far)".formatted(words(state, wave.leg()), shop.committed()));
    }
    List<String> table = new ArrayList<>(StatusTable.lines(List.of(now)));
    table.add("shop: %,d transactions committed".formatted(shop.committed()));
    audience.screen().now(table, StatusTable.plain(now));
  }

  private static String words(WaveState state, Leg leg) {
    return switch (state) {
      case STARTING -> "Starting: slot, publication and log";
      case LOADING -> "Loading, while the shop is written to";
      case CATCHING_UP -> "Loaded; catching up with what was written meanwhile";
      case REPLICATING -> "Replicating live: the " + to(leg) + " is a consistent copy";
      default -> state.toString();
    };
  }

  @Override
  public void close() {
    if (end != null) {
      end.close();
    }
    end = null;
  }
}
