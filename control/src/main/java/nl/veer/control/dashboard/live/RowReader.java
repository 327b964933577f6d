package nl.veer.control.dashboard.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.view.Cause;
import nl.veer.control.dashboard.view.Causes;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.RowView;
import nl.veer.control.dashboard.view.ShownRow;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.blame.RowReading;
import nl.veer.verifier.blame.RowTrail;
import nl.veer.verifier.blame.Suspect;
import nl.veer.verifier.blame.TrailSearch;
import nl.veer.verifier.blame.WaveGround;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.record.CauseRecord;
import nl.veer.verifier.record.CauseRecords;
import nl.veer.verifier.record.DifferenceList;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.FindingRecords;
import org.jspecify.annotations.Nullable;

/**
 * What is known of rows that differ, over sessions and readers that are opened for a question and
 * closed behind it. Safe for use by several threads.
 */
final class RowReader implements RowView {
  private static final String UNFIT =
      "Its table is not loaded, not alike on both sides, or its rows have no key that both sides and"
          + " the log tell them apart by.";

  private final VeerConfig config;
  private final Supplier<OpenLog> log;
  private final StopSignal stop;

  /**
   * @param log where the legs' logs are
   * @param stop ends a search that is under way
   */
  RowReader(VeerConfig config, Supplier<OpenLog> log, StopSignal stop) {
    this.config = config;
    this.log = log;
    this.stop = stop;
  }

  @Override
  public Causes causes(@Nullable String wave, boolean closed) {
    List<OfWave> found = new ArrayList<>();
    boolean whole = true;
    for (Leg leg : RecordQuestions.legs(config, wave)) {
      CauseRecords.Found all =
          RecordQuestions.ask(
              leg.to(),
              "counting what differs",
              connection -> CauseRecords.read(connection, leg.wave(), closed, Causes.MOST));
      all.causes().forEach(one -> found.add(new OfWave(leg.home().wave(), one)));
      whole &= all.whole();
    }
    List<Cause> worst =
        found.stream()
            .sorted(Comparator.comparing(OfWave::cause, CauseRecords.WORST))
            .limit(Causes.MOST)
            .map(one -> Cause.of(one.wave, one.cause))
            .toList();
    return new Causes(worst, !whole || found.size() > Causes.MOST);
  }

  private record OfWave(String wave, CauseRecord cause) {}

  @Override
  public KeyHistory keyHistory(String wave, String table, String key, Search search) {
    Leg leg = leg(wave);
    Named named =
        RecordQuestions.ask(
            leg.to(),
            "looking for a row's key",
            connection ->
                new Named(
                    DifferenceList.find(connection, leg.wave(), table, key).orElse(null),
                    FindingRecords.tableOf(connection, leg.wave(), table, key).orElse(null)));
    DifferenceRecord difference = named.difference;
    TableId ofFinding = named.ofFinding;
    TrailSearch searching = searching(leg, search);
    Optional<RowTrail> trail;
    if (difference != null) {
      trail = searching.of(new Suspect(difference.table(), difference.key()));
    } else if (ofFinding != null) {
      trail = searching.of(ofFinding, Digest128.parse(key));
    } else {
      return KeyHistories.notKept(
          "No difference and no finding on record has this key, so it is not known whose it is.");
    }
    return trail.map(KeyHistories::of).orElseGet(() -> KeyHistories.notKept(UNFIT));
  }

  private record Named(@Nullable DifferenceRecord difference, @Nullable TableId ofFinding) {}

  private TrailSearch searching(Leg leg, Search search) {
    Migration along = Migration.of(config).along(leg);
    return new TrailSearch(
        new WaveGround(leg.wave(), along.tolerances()),
        along.source(),
        along.target(),
        () -> log.get().reader(leg.wave()),
        () -> log.get().reader(leg.wave().echo()),
        stop,
        new TrailSearch.Waiting() {
          @Override
          public boolean isWanted() {
            return search.isWanted();
          }

          @Override
          public void at(String topic, long read, long of) {
            search.at(
                String.format(Locale.ROOT, "Reading the %s: %,d of %,d records.", topic, read, of));
          }
        });
  }

  @Override
  public Optional<ShownRow> values(String wave, long id) {
    Leg leg = leg(wave);
    return RecordQuestions.ask(
            leg.to(),
            "looking for a difference",
            connection -> DifferenceList.find(connection, leg.wave(), id))
        .map(difference -> values(leg, difference));
  }

  private ShownRow values(Leg leg, DifferenceRecord difference) {
    Migration along = Migration.of(config).along(leg);
    return RowReading.of(
            new WaveGround(leg.wave(), along.tolerances()),
            along.source(),
            along.target(),
            new Suspect(difference.table(), difference.key()),
            RecordQuestions.ANSWER)
        .map(read -> ShownRows.of(difference, read))
        .orElseGet(() -> ShownRows.none(difference, UNFIT));
  }

  /** The leg that the wave is on. */
  private Leg leg(String wave) {
    return RecordQuestions.legs(config, wave).stream().findFirst().orElseThrow();
  }
}
