package nl.veer.control.dashboard.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from what somebody has sent, strictly: what is unknown, given twice, of another
 * type or missing is refused, and nothing is guessed. A refusal names fields of ours only. Pure.
 */
final class JsonBodies {
  /** A record holds lists of scalars, and nothing deeper. */
  private static final int DEPTH = 8;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private JsonBodies() {}

  /**
   * @throws Denied if it is not such a record
   */
  static <T> T read(String text, Class<T> type) {
    T read;
    try {
      read = MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw wrong(type, field(e, type));
    }
    if (read == null) {
      throw wrong(type, null);
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)
          && value(component, read) == null) {
        throw wrong(type, component.getName());
      }
    }
    return read;
  }

  private static @Nullable Object value(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Every record can be read: " + component, e);
    }
  }

  /** Which of the record's own is wrong; null if it is none of them. */
  private static @Nullable String field(JsonProcessingException e, Class<?> type) {
    if (!(e instanceof JsonMappingException mapping)) {
      return null;
    }
    return mapping.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(name -> name != null && names(type).contains(name))
        .findFirst()
        .orElse(null);
  }

  private static List<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  private static Denied wrong(Class<?> type, @Nullable String field) {
    return new Denied(
        400,
        "BODY",
        field == null
            ? "The body is one JSON object with nothing but: "
                + names(type).stream().collect(Collectors.joining(", "))
                + "."
            : "The body's %s is missing, or not as %s in /api/v1/openapi.json says."
                .formatted(field, type.getSimpleName()));
  }
}
