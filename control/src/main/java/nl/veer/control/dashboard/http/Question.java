package nl.veer.control.dashboard.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.control.dashboard.route.Asked;
import nl.veer.control.dashboard.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * A request's path and query, decoded part by part: a table's name may hold a slash, a dot or a
 * percent sign. What cannot be decoded exactly is refused.
 */
final class Question {
  private static final int MOST_PARAMETERS = 16;

  private final List<String> segments;
  private final Map<String, List<String>> query;

  private Question(List<String> segments, Map<String, List<String>> query) {
    this.segments = segments;
    this.query = query;
  }

  /**
   * @param path as it came, not decoded
   * @param query as it came; null without one
   * @throws Denied if they cannot be decoded
   */
  static Question of(@Nullable String path, @Nullable String query) {
    if (path == null || !path.startsWith("/")) {
      throw wrong();
    }
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      segments.add(decoded(segment, false));
    }
    Map<String, List<String>> values = new HashMap<>();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", MOST_PARAMETERS + 1)) {
        int equals = pair.indexOf('=');
        if (equals < 1 || values.size() == MOST_PARAMETERS) {
          throw wrong();
        }
        values
            .computeIfAbsent(decoded(pair.substring(0, equals), true), any -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1), true));
      }
    }
    return new Question(segments, values);
  }

  /** The question as this route wants it; empty if it is one for another route. */
  Optional<Asked> to(Route route) {
    String[] wanted = route.path().substring(1).split("/", -1);
    if (wanted.length != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      String part = wanted[i];
      if (part.startsWith("{")) {
        values.put(part.substring(1, part.length() - 1), segments.get(i));
      } else if (!part.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(Asked.of(route.parameters(), values, query));
  }

  /** The parts of the path, decoded; one at least. */
  List<String> segments() {
    return Collections.unmodifiableList(segments);
  }

  /** The path as a whole, for what is no route. */
  String path() {
    return "/" + String.join("/", segments);
  }

  /** One value of a form or a query; empty if it is not there. */
  Optional<String> value(String name) {
    return Optional.ofNullable(query.get(name)).map(all -> all.get(0));
  }

  private static String decoded(String text, boolean plus) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
        i += 2;
      } else if (c <= ' ' || c > '~') {
        throw wrong();
      } else {
        bytes.write(plus && c == '+' ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw wrong();
    }
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw wrong();
    }
    return digit;
  }

  private static Denied wrong() {
    return new Denied(400, "PATH", "The path or the query is not put as it must be.");
  }
}
