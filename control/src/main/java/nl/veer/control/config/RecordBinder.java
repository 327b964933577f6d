package nl.veer.control.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns a YAML tree into records, key by component. It never stops at a problem: each is noted with
 * its path and line, the value becomes null, and the record around it is not made.
 */
final class RecordBinder {
  private final ScalarValues scalars;
  private final List<ConfigProblem> problems = new ArrayList<>();

  RecordBinder(ScalarValues scalars) {
    this.scalars = scalars;
  }

  List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  /** A component's key in the file: {@code loadWorkers} is {@code load-workers}. */
  static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  static Setting setting(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(component + " is not described by @Setting");
    }
    return setting;
  }

  /** The record; null if it could not be made, which the problems tell. */
  @Nullable Object record(Class<?> type, Node node, String path) {
    if (!(node instanceof MappingNode mapping)) {
      return problem(path, node, "must be a mapping of keys to values");
    }
    int before = problems.size();
    Map<String, Node> values = values(type, mapping, path);
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(components[i], values.get(key(components[i])), mapping, path);
    }
    return problems.size() > before ? null : make(type, arguments, mapping, values, path);
  }

  private Map<String, Node> values(Class<?> type, MappingNode mapping, String path) {
    List<String> known = Arrays.stream(type.getRecordComponents()).map(RecordBinder::key).toList();
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!known.contains(key)) {
        String meant =
            NearestName.of(key, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("known here: " + String.join(", ", known));
        problem(join(path, key), tuple.getKeyNode(), "unknown key; " + meant);
      } else if (values.put(key, tuple.getValueNode()) != null) {
        problem(join(path, key), tuple.getKeyNode(), "is given twice");
      }
    }
    return values;
  }

  private @Nullable Object component(
      RecordComponent component, @Nullable Node given, Node around, String path) {
    String at = join(path, key(component));
    Setting setting = setting(component);
    Node node = given == null || given.getTag().equals(Tag.NULL) ? null : given;
    if (node == null) {
      node = absent(component, setting);
    }
    if (node == null) {
      return setting.optional() ? null : problem(at, given == null ? around : given, "is required");
    }
    int before = problems.size();
    Object value = value(component.getGenericType(), node, at);
    if (value != null && problems.size() == before) {
      bounds(setting, value, node, at);
    }
    return value;
  }

  /** What stands in for an absent value, as a tree; null if nothing does. */
  private static @Nullable Node absent(RecordComponent component, Setting setting) {
    if (!setting.byDefault().isEmpty()) {
      return YamlTree.of(setting.byDefault());
    }
    boolean mayBeEmpty =
        component.getType().isRecord()
            && Stream.of(component.getType().getRecordComponents())
                .map(inner -> inner.getAnnotation(Setting.class))
                .allMatch(
                    inner -> inner != null && (inner.optional() || !inner.byDefault().isEmpty()));
    return mayBeEmpty && !setting.optional() ? YamlTree.of("{}") : null;
  }

  private @Nullable Object value(Type type, Node node, String path) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return generic.getRawType() == List.class ? list(last, node, path) : map(node, path);
    }
    Class<?> plain = (Class<?>) type;
    if (!scalars.reads(plain)) {
      return record(plain, node, path);
    }
    if (!(node instanceof ScalarNode scalar)) {
      return problem(path, node, "must be a single value");
    }
    try {
      return scalars.read(plain, scalar.getValue());
    } catch (IllegalArgumentException e) {
      return problem(path, node, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object list(Type element, Node node, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      return problem(path, node, "must be a list");
    }
    List<Object> values = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      Object value = value(element, item, path + "[" + values.size() + "]");
      // A placeholder keeps the numbering of the items behind one that is wrong.
      values.add(value == null ? item : value);
    }
    return values;
  }

  private @Nullable Object map(Node node, String path) {
    if (!(node instanceof MappingNode mapping)) {
      return problem(path, node, "must be a mapping of keys to values");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      Object value = value(String.class, tuple.getValueNode(), join(path, key));
      values.put(key, value == null ? "" : value);
    }
    return values;
  }

  private void bounds(Setting setting, Object value, Node node, String path) {
    if (setting.name() && !WaveId.isValid((String) value)) {
      problem(
          path,
          node,
          "'%s' is no name: 1 to 24 characters of a-z, 0-9 and _, beginning with a letter"
              .formatted(value));
    }
    List<String> prefixes = List.of(setting.startsWith());
    if (!prefixes.isEmpty() && prefixes.stream().noneMatch(value.toString()::startsWith)) {
      problem(path, node, "must begin with " + String.join(" or ", prefixes));
    }
    long size = value instanceof List<?> list ? list.size() : ScalarValues.magnitude(value);
    if (size < setting.min()) {
      problem(path, node, "is too small: the least is " + Bounds.describe(value, setting.min()));
    }
    if (size > setting.max()) {
      problem(path, node, "is too large: the most is " + Bounds.describe(value, setting.max()));
    }
  }

  private @Nullable Object make(
      Class<?> type,
      @Nullable Object[] arguments,
      MappingNode mapping,
      Map<String, Node> values,
      String path) {
    Class<?>[] parameters =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(parameters).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        return refused(String.valueOf(refused.getMessage()), mapping, values, path);
      }
      throw new IllegalStateException("A configuration record failed: " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Not a configuration record: " + type, e);
    }
  }

  /** A record's own objection, {@code key: what is wrong}, at the key's line. */
  private @Nullable Object refused(
      String message, MappingNode mapping, Map<String, Node> values, String path) {
    String key = message.substring(0, message.indexOf(':'));
    return problem(
        join(path, key), values.getOrDefault(key, mapping), message.substring(key.length() + 2));
  }

  private @Nullable Object problem(String path, Node node, String message) {
    problems.add(new ConfigProblem(path, node.getStartMark().getLine() + 1, message));
    return null;
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
