package nl.veer.control.dashboard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.veer.control.dashboard.api.ErrorBody;
import nl.veer.control.dashboard.route.Download;

/** What is sent back. */
record Reply(int status, String mediaType, byte[] body, Map<String, String> headers) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json";

  Reply {
    headers = Map.copyOf(headers);
  }

  static byte[] json(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not a body: " + body.getClass(), e);
    }
  }

  /** A record. */
  static Reply of(Object body) {
    return of(200, body);
  }

  static Reply of(int status, Object body) {
    return new Reply(status, JSON, json(body), Map.of());
  }

  static Reply error(int status, String code, String message) {
    return new Reply(status, JSON, json(new ErrorBody(code, message)), Map.of());
  }

  static Reply text(String mediaType, String text) {
    return new Reply(200, mediaType, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A browser keeps it and does not show it: it has styles of its own. */
  static Reply file(String mediaType, Download download) {
    return text(mediaType + ";charset=utf-8", download.text())
        .with("Content-Disposition", "attachment; filename=\"" + download.name() + "\"");
  }

  static Reply seeOther(String path) {
    return new Reply(303, "text/plain", new byte[0], Map.of("Location", path));
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, mediaType, body, more);
  }
}
