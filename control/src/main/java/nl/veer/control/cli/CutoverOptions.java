package nl.veer.control.cli;

import java.time.Duration;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.Durations;
import nl.veer.control.config.VeerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a cutover, either way, may be asked for. */
final class CutoverOptions {
  @Option(
      names = "--wave",
      paramLabel = "WAVE",
      description = "Which wave; needed if there are several.")
  @Nullable String wave;

  @ArgGroup(exclusive = true)
  private @Nullable Instead instead;

  @Option(
      names = "--max-outage",
      paramLabel = "TIME",
      description = "Writes may be refused for so long: 800ms, 10s; instead of cutover.max-outage.")
  private @Nullable String maxOutage;

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Option(names = "--json", description = "Print what came of it as JSON.")
  boolean json;

  /** What is done instead of a cutover: one of these. */
  static final class Instead {
    @Option(names = "--rehearse", description = "Everything up to the proof, and back.")
    boolean rehearse;

    @Option(names = "--dry-run", description = "Show the gate and the plan; change nothing.")
    boolean dryRun;

    @Option(names = "--abort", description = "Undo what stands, whoever drives it or has left it.")
    boolean abort;

    @Option(names = "--resume", description = "Go on with what stands, from where it was left.")
    boolean resume;
  }

  boolean rehearse() {
    return instead != null && instead.rehearse;
  }

  boolean dryRun() {
    return instead != null && instead.dryRun;
  }

  boolean abort() {
    return instead != null && instead.abort;
  }

  boolean resume() {
    return instead != null && instead.resume;
  }

  Duration budget(VeerConfig config) {
    if (maxOutage == null) {
      return config.cutover().maxOutage();
    }
    try {
      Duration budget = Durations.parse(maxOutage);
      if (budget.isZero()) {
        throw new IllegalArgumentException("it cannot be done in no time");
      }
      return budget;
    } catch (IllegalArgumentException e) {
      throw new Failure(
          FailureKind.CONFIGURATION, "MAX_OUTAGE", "--max-outage: " + e.getMessage(), e);
    }
  }

  /** As somebody would ask for it again. */
  String asked() {
    StringBuilder asked = new StringBuilder();
    if (rehearse()) {
      asked.append(" --rehearse");
    } else if (abort()) {
      asked.append(" --abort");
    } else if (resume()) {
      asked.append(" --resume");
    }
    if (maxOutage != null) {
      asked.append(" --max-outage ").append(maxOutage);
    }
    return asked.toString();
  }
}
