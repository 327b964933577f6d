package nl.veer.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skipped, with the reason, where no Docker engine answers or there is no {@code docker compose}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsEngine.Condition.class)
@interface NeedsEngine {
  /** Asked before anything of the class is started. */
  final class Condition implements ExecutionCondition {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (!Program.isThere("docker")) {
        return ConditionEvaluationResult.disabled("There is no docker on the PATH.");
      }
      Program.Ended engine = run("docker", "info", "--format", "{{.ServerVersion}}");
      // Some versions of docker end well also where no engine answers.
      if (engine.code() != 0 || !engine.out().strip().matches("\\d+\\.\\S+")) {
        return ConditionEvaluationResult.disabled(
            "No Docker engine answers: " + engine.out().strip());
      }
      Program.Ended compose = run("docker", "compose", "version");
      return compose.code() == 0
          ? ConditionEvaluationResult.enabled("Docker " + engine.out().strip())
          : ConditionEvaluationResult.disabled("There is no docker compose.");
    }

    private static Program.Ended run(String... command) {
      return Program.here().run(LIMIT, List.of(command));
    }
  }
}
