package nl.veer.control.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the reference page of the configuration from the records that it is read into. */
final class ConfigReference {
  private static final String HEAD =
      """
      # Configuration

      One file, `veer.yaml`; `veer init` writes one to begin with. Unknown keys are refused. Durations
      are written `500ms`, `10s`, `5m`, `2h`, `1d`; sizes `64MiB` (B, KiB, MiB, GiB, TiB). Text may hold
      `${env:NAME}` and `${file:PATH}`, which stand for an environment variable and for a file's content;
      a password may be nothing else. Paths are taken from the file's directory.

      This page is generated from the code; a test holds it to that.
      """;

  private ConfigReference() {}

  static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    section(page, "", VeerConfig.class);
    return page.toString();
  }

  private static void section(StringBuilder page, String path, Class<?> type) {
    page.append("\n## ").append(path.isEmpty() ? "Top level" : "`" + path + "`").append("\n\n");
    page.append("| key | type | default | what it is for |\n|---|---|---|---|\n");
    List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
    components.forEach(component -> row(page, component));
    for (RecordComponent component : components) {
      Class<?> inner = innermost(component.getGenericType());
      if (inner.isRecord() && inner.getPackage() == type.getPackage() && !isScalar(inner)) {
        String key = RecordBinder.key(component);
        String at = component.getType() == List.class ? key + "[]" : key;
        section(page, path.isEmpty() ? at : path + "." + at, inner);
      }
    }
  }

  private static void row(StringBuilder page, RecordComponent component) {
    Setting setting = RecordBinder.setting(component);
    page.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                RecordBinder.key(component),
                type(component.getGenericType()),
                byDefault(component, setting),
                setting.value() + range(component, setting)));
  }

  private static String byDefault(RecordComponent component, Setting setting) {
    if (!setting.byDefault().isEmpty()) {
      return "`" + setting.byDefault() + "`";
    }
    boolean section =
        component.getType().isRecord()
            && List.of("tuning", "verification", "cutover", "dashboard", "observe", "alerts")
                .contains(component.getName());
    return setting.optional() ? "none" : section ? "all defaults" : "**required**";
  }

  private static String range(RecordComponent component, Setting setting) {
    if (setting.min() == Long.MIN_VALUE || component.getType() == List.class) {
      return "";
    }
    Object unit =
        component.getType() == int.class || component.getType() == Integer.class
            ? Integer.valueOf(0)
            : component.getType() == Size.class ? new Size(0) : java.time.Duration.ZERO;
    String least = " At least " + Bounds.describe(unit, setting.min());
    return setting.max() == Long.MAX_VALUE
        ? least + "."
        : least + ", at most " + Bounds.describe(unit, setting.max()) + ".";
  }

  private static String type(Type type) {
    Class<?> inner = innermost(type);
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class ? "list of " + name(inner) : "mapping of text";
    }
    return name(inner);
  }

  private static String name(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> "`" + ScalarValues.word(constant) + "`")
          .collect(Collectors.joining(", "));
    }
    return Map.of(
            "String", "text",
            "int", "number",
            "Integer", "number",
            "boolean", "`true`, `false`",
            "Path", "path",
            "Secret", "secret",
            "TablePattern", "pattern",
            "Duration", "duration",
            "ListenAddress", "`address:port`",
            "Size", "size")
        .getOrDefault(type.getSimpleName(), "section");
  }

  private static boolean isScalar(Class<?> type) {
    return !name(type).equals("section");
  }

  private static Class<?> innermost(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return innermost(arguments[arguments.length - 1]);
    }
    return (Class<?>) type;
  }
}
