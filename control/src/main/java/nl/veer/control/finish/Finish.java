package nl.veer.control.finish;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.control.audit.Audited;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.cutover.FenceRemoval;
import nl.veer.control.report.ReportDocument;
import nl.veer.control.report.ReportKey;
import nl.veer.control.report.ReportReader;
import nl.veer.control.report.ReportedLeg;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.WaveRemoval;
import nl.veer.replicator.stamp.WaveRecords;

/**
 * Finishes a migration: writes its last report, and then removes all that was made for it, on both
 * servers and in Kafka. The report is durable at home before anything is removed; from then on each
 * step may be repeated, so that a finish that was killed at any point is run again. Owned by one
 * thread.
 */
public final class Finish {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final VeerConfig config;
  private final Path file;
  private final String veer;
  private final Consumer<String> told;
  private final TargetConnections home;

  /**
   * @param file that the configuration was read from
   * @param veer the version of this Veer
   * @param told what is done, as soon as it is durable
   */
  public Finish(VeerConfig config, Path file, String veer, Consumer<String> told) {
    this.config = config;
    this.file = file;
    this.veer = veer;
    this.told = told;
    this.home = new TargetConnections(config.target().endpoint());
  }

  /**
   * Looks whether it may be finished, and what that would do.
   *
   * @return empty if it is finished already
   * @throws Failure CONFLICT if somebody may be cutting over, a role runs, a wave is not on the
   *     target, or it is not proven EQUAL, and that was not said to be wanted
   */
  public Optional<FinishPlan> look(FinishOptions options) {
    Optional<FinishRecord> standing =
        atHome(connection -> FinishStore.find(connection, config.migration()));
    if (standing.isEmpty() && !isOnRecord()) {
      requireFinished();
      return Optional.empty();
    }
    List<WaveEnd> ends =
        config.waves().stream().map(wave -> new WaveEnd(config, config.id(wave))).toList();
    ends.forEach(WaveEnd::requireNoAttempt);
    return Optional.of(
        standing.map(one -> goingOn(one, ends)).orElseGet(() -> plan(options, ends)));
  }

  private static FinishPlan goingOn(FinishRecord begun, List<WaveEnd> ends) {
    ends.forEach(WaveEnd::requireEnded);
    FinishOptions options =
        new FinishOptions(false, begun.reason(), begun.unfence(), begun.archive());
    return new FinishPlan(options, begun.waves(), ends, begun.report().verdict(), "", begun);
  }

  private FinishPlan plan(FinishOptions options, List<WaveEnd> ends) {
    List<FinishedWave> waves = waves();
    if (!options.onSource()) {
      requireOnTarget(waves);
    }
    ends.forEach(WaveEnd::requireEnded);
    ReportDocument report = report(options);
    return new FinishPlan(options, waves, ends, report.verdict(), report.words(), null);
  }

  /** Whether anything of it is, at home: with the first leg, the last of it goes. */
  private boolean isOnRecord() {
    WaveRecords records = new WaveRecords(new PostgresTarget(), home);
    return config.waves().stream()
        .map(config::id)
        .anyMatch(wave -> records.stamp(wave).isPresent() || !records.loads(wave).isEmpty());
  }

  private void requireFinished() {
    if (!atHome(connection -> FinishStore.wasFinished(connection, config.migration()))) {
      throw new Failure(
          FailureKind.CONFLICT,
          "NOT_BEGUN",
          "Nothing of migration %s is on record, so there is nothing to finish. If slots of it are"
                  .formatted(config.migration())
              + " left, remove them with: veer drop");
    }
  }

  private List<FinishedWave> waves() {
    List<FinishedWave> waves = new ArrayList<>();
    for (Map.Entry<WaveId, Leg> wave : Legs.current(config).entrySet()) {
      waves.add(
          new FinishedWave(
              wave.getKey().wave(),
              wave.getValue().number(),
              wave.getValue().fromWord(),
              atHome(
                  connection ->
                      FenceRemoval.standing(connection, wave.getKey()).entrySet().stream()
                          .map(one -> StandingFence.of(one.getKey().word(), one.getValue()))
                          .toList())));
    }
    return waves;
  }

  private static void requireOnTarget(List<FinishedWave> waves) {
    List<String> staying =
        waves.stream()
            .filter(wave -> wave.side().equals("source"))
            .map(FinishedWave::wave)
            .toList();
    if (!staying.isEmpty()) {
      throw new Failure(
          FailureKind.CONFLICT,
          "FINISH_ON_SOURCE",
          "Applications write to the source: wave %s. Move them with veer cutover; or say with"
                  .formatted(String.join(", ", staying))
              + " --on-source that they stay there. Nothing was changed.");
    }
  }

  private ReportDocument report(FinishOptions options) {
    ReportDocument report = new ReportReader(config, file, veer, ReportedLeg.ended(config)).read();
    if (!report.verdict().equals("EQUAL") && options.despite() == null) {
      throw new Failure(
          FailureKind.CONFLICT,
          "FINISH_NOT_PROVEN",
          "It is not proven that both sides are equal: %s. %s Let veer run come to it, and stop it;"
                  .formatted(report.verdict(), report.words())
              + " or give a reason with --despite, which stands in the audit log and the report."
              + " Nothing was changed.");
    }
    return report;
  }

  /**
   * Does it.
   *
   * @param key to sign the report with
   * @param directory where the report goes
   * @throws Failure as what fails says; it is then run again
   */
  public FinishOutcome run(FinishPlan plan, ReportKey key, Path directory, KafkaEndpoint kafka) {
    List<String> left = new ArrayList<>();
    FinishRecord[] done = new FinishRecord[1];
    Audited.of(config)
        .around(
            "",
            asked(plan),
            () -> {
              FinishRecord record = begun(plan, key, directory);
              done[0] = record;
              plan.ends().forEach(end -> left.addAll(end(end, record, kafka)));
              atHome(
                  connection -> {
                    FinishStore.end(connection, record);
                    connection.setAutoCommit(false);
                    WaveRemoval.sweep(connection);
                    connection.commit();
                    return true;
                  });
            });
    FinishRecord record = Objects.requireNonNull(done[0]);
    return new FinishOutcome(
        config.migration(),
        record.report().verdict(),
        record.reason(),
        LastReport.page(directory).toString(),
        LastReport.json(directory).toString(),
        record.report().sha256(),
        record.archive(),
        record.waves(),
        !record.unfence(),
        left);
  }

  private static String asked(FinishPlan plan) {
    FinishOptions options = plan.options();
    return "veer finish"
        + (options.archive() ? " --archive" : " --drop")
        + (options.onSource() ? " --on-source" : "")
        + (options.unfence() ? " --unfence" : "")
        + (options.despite() == null ? "" : " --despite " + options.despite())
        + (plan.goesOn() ? ", going on" : "");
  }

  /** The report, in its files and on record; of a finish that goes on the one that was written. */
  private FinishRecord begun(FinishPlan plan, ReportKey key, Path directory) {
    FinishRecord standing = plan.standing();
    if (standing != null) {
      standing.report().write(directory);
      told.accept("The last report is written again");
      return standing;
    }
    LastReport report = LastReport.of(report(plan.options()), key);
    report.write(directory);
    told.accept("The last report is written");
    FinishRecord record =
        atHome(
            connection ->
                FinishStore.begin(
                    connection, config.migration(), plan.options(), plan.waves(), report));
    told.accept("The finish is begun");
    return record;
  }

  private List<String> end(WaveEnd end, FinishRecord record, KafkaEndpoint kafka) {
    if (record.archive()) {
      atHome(
          connection -> {
            new Archive(connection, record.migration(), record.begunAt()).keepWave(end.home());
            return true;
          });
      told.accept("What was decided for wave %s is kept".formatted(end.home().wave()));
    }
    List<String> left = end.run(kafka, record.unfence(), leg -> keep(leg, record));
    told.accept("Wave %s is removed".formatted(end.home().wave()));
    return left;
  }

  private void keep(Leg leg, FinishRecord record) {
    if (record.archive()) {
      atHome(
          connection -> {
            try (Connection side = leg.to().openBounded(leg.wave() + " archive", ANSWER)) {
              side.setReadOnly(true);
              side.setAutoCommit(false);
              new Archive(connection, record.migration(), record.begunAt()).keepLeg(side, leg);
            }
            return true;
          });
      told.accept(
          "What was proven on leg %d of wave %s is kept"
              .formatted(leg.number(), leg.home().wave()));
    }
  }

  private interface Question<T> {
    T ask(Connection home) throws SQLException;
  }

  private <T> T atHome(Question<T> question) {
    try (Connection connection = home.openBounded("finish", ANSWER)) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "finishing migration " + config.migration());
    }
  }
}
