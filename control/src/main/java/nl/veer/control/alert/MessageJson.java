package nl.veer.control.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import nl.veer.control.config.WebhookForm;

/** A message as a webhook takes it. */
final class MessageJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MessageJson() {}

  static String of(AlertMessage message, WebhookForm form) {
    try {
      return MAPPER.writeValueAsString(
          switch (form) {
            case JSON -> fields(message);
            case SLACK -> Map.of("text", escaped(message.text()));
          });
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> fields(AlertMessage message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", message.id());
    fields.put("status", message.status().name().toLowerCase(Locale.ROOT));
    fields.put("rule", message.rule().word());
    fields.put("severity", message.rule().severity().word());
    fields.put("migration", message.migration());
    fields.put("wave", message.wave());
    fields.put("subject", message.subject());
    fields.put("title", message.title());
    fields.put("what", message.words());
    fields.put("since", message.since().toString());
    fields.put("at", message.at().toString());
    fields.put("action", message.rule().action());
    fields.put("more", message.rule().section());
    return fields;
  }

  /** Slack reads these three; so a table's name cannot address a whole channel. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
