package nl.veer.control.dashboard.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;
import org.jspecify.annotations.Nullable;

/** A question whose parameters are as the route wants them. */
public final class Asked {
  private final Map<String, String> values;

  private Asked(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @param path values from the path, by parameter
   * @param query values from the query, by parameter
   * @throws Refused if one is unknown, given twice, or not as it must be
   */
  public static Asked of(
      List<Parameter> parameters, Map<String, String> path, Map<String, List<String>> query) {
    Map<String, String> values = new HashMap<>(path);
    for (Map.Entry<String, List<String>> given : query.entrySet()) {
      if (parameters.stream()
          .noneMatch(one -> !one.inPath() && one.name().equals(given.getKey()))) {
        throw new Refused(Why.WRONG, "PARAMETER", known(parameters));
      }
      if (given.getValue().size() != 1) {
        throw new Refused(
            Why.WRONG, "PARAMETER", "The parameter %s is given twice.".formatted(given.getKey()));
      }
      values.put(given.getKey(), given.getValue().get(0));
    }
    for (Parameter parameter : parameters) {
      String value = values.get(parameter.name());
      if (value != null) {
        parameter.check(value);
      } else if (parameter.byDefault() != null) {
        values.put(parameter.name(), parameter.byDefault());
      }
    }
    return new Asked(values);
  }

  /** Does not say what was given: it may be anything. */
  private static String known(List<Parameter> parameters) {
    List<String> names =
        parameters.stream().filter(one -> !one.inPath()).map(Parameter::name).toList();
    return names.isEmpty()
        ? "A parameter is given, and there is none here."
        : "A parameter is given that is not known; there are: " + String.join(", ", names) + ".";
  }

  /** A text that is always there. */
  public String given(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** A text; null if it is not given. */
  public @Nullable String text(String name) {
    return values.get(name);
  }

  public long number(String name) {
    return Long.parseLong(given(name));
  }

  public boolean flag(String name) {
    return Boolean.parseBoolean(given(name));
  }

  /** The same for the same question. */
  @Override
  public String toString() {
    return new TreeMap<>(values).toString();
  }
}
