package nl.veer.control.dashboard.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas (2020-12) of records, as Jackson writes them: every component is there, what may be
 * null says so, and nothing else may be there. What is sent may leave out what may be null. Each
 * record has one schema, which others refer to.
 */
final class Schemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Map<Class<?>, String> SCALARS =
      Map.of(
          String.class, "string",
          boolean.class, "boolean",
          int.class, "integer",
          long.class, "integer",
          Integer.class, "integer",
          Long.class, "integer",
          double.class, "number",
          Double.class, "number");

  private final Map<String, ObjectNode> named = new TreeMap<>();

  /** A reference to the record's schema, which is made if it is not there. */
  ObjectNode reference(Class<?> type) {
    String name = name(type);
    if (!named.containsKey(name)) {
      // Before it is filled: a record may hold its like.
      ObjectNode schema = JSON.objectNode();
      named.put(name, schema);
      fill(schema, type);
    }
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  /** The same of a record of scalars that is sent. */
  ObjectNode request(Class<?> type) {
    ObjectNode reference = reference(type);
    ArrayNode required = JSON.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
    }
    Objects.requireNonNull(named.get(name(type))).set("required", required);
    return reference;
  }

  /** All that were made, by name. */
  ObjectNode all() {
    ObjectNode all = JSON.objectNode();
    named.forEach(all::set);
    return all;
  }

  /** {@code LoadStatus.Table} is {@code LoadStatusTable}, for there are other tables. */
  private static String name(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return around == null ? type.getSimpleName() : name(around) + type.getSimpleName();
  }

  private void fill(ObjectNode schema, Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException("There is no schema of " + type);
    }
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.set(component.getName(), of(component.getAnnotatedType()));
      required.add(component.getName());
    }
    schema.put("type", "object");
    schema.set("properties", properties);
    schema.set("required", required);
    schema.put("additionalProperties", false);
  }

  private ObjectNode of(AnnotatedType type) {
    ObjectNode schema = plain(type);
    if (!type.isAnnotationPresent(Nullable.class)) {
      return schema;
    }
    if (schema.has("$ref") || schema.has("enum")) {
      ObjectNode either = JSON.objectNode();
      either.putArray("anyOf").add(schema).add(JSON.objectNode().put("type", "null"));
      return either;
    }
    String kind = schema.get("type").asText();
    schema.set("type", JSON.arrayNode().add(kind).add("null"));
    return schema;
  }

  private ObjectNode plain(AnnotatedType annotated) {
    Type type = annotated.getType();
    if (type instanceof ParameterizedType generic
        && annotated instanceof AnnotatedParameterizedType holder) {
      AnnotatedType[] held = holder.getAnnotatedActualTypeArguments();
      ObjectNode last = of(held[held.length - 1]);
      ObjectNode schema = JSON.objectNode();
      if (generic.getRawType() == List.class) {
        schema.put("type", "array").set("items", last);
        return schema;
      }
      schema.put("type", "object").set("additionalProperties", last);
      return schema;
    }
    Class<?> plain = (Class<?>) type;
    String scalar = SCALARS.get(plain);
    if (scalar != null) {
      return JSON.objectNode().put("type", scalar);
    }
    if (plain.isEnum()) {
      ObjectNode schema = JSON.objectNode().put("type", "string");
      ArrayNode words = schema.putArray("enum");
      Arrays.stream(plain.getEnumConstants()).forEach(word -> words.add(((Enum<?>) word).name()));
      return schema;
    }
    return reference(plain);
  }
}
