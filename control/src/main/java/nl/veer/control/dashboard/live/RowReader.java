package nl.veer.control.dashboard.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.view.Cause;
import nl.veer.control.dashboard.view.Causes;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.RowView;
import nl.veer.control.dashboard.view.ShownRow;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.record.CauseRecord;
import nl.veer.verifier.record.CauseRecords;
import org.jspecify.annotations.Nullable;

/**
 * What is known of rows that differ, over sessions and readers that are opened for a question and
 * closed behind it. Safe for use by several threads.
 */
final class RowReader implements RowView {
  /** No answer of one session takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

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
    for (Leg leg : Legs.current(config).values()) {
      String name = leg.home().wave();
      if (wave == null || name.equals(wave)) {
        CauseRecords.Found all = causes(leg, closed);
        all.causes().forEach(one -> found.add(new OfWave(name, one)));
        whole &= all.whole();
      }
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

  private static CauseRecords.Found causes(Leg leg, boolean closed) {
    try (Connection connection = leg.to().openBounded("dashboard", ANSWER)) {
      connection.setReadOnly(true);
      return CauseRecords.read(connection, leg.wave(), closed, Causes.MOST);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "counting what differs for the dashboard");
    }
  }

  @Override
  public KeyHistory keyHistory(String wave, String table, String key, Search search) {
    throw new Failure(FailureKind.TRANSIENT, "UNBUILT", "Not yet." + log + stop);
  }

  @Override
  public Optional<ShownRow> values(String wave, long id) {
    throw new Failure(FailureKind.TRANSIENT, "UNBUILT", "Not yet.");
  }
}
