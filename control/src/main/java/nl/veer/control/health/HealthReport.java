package nl.veer.control.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer to somebody who asks whether to restart this process, or whether it carries.
 *
 * @param question {@code live} or {@code ready}
 * @param at when it was asked
 * @param reasons why not; none if all is well
 * @param notes what somebody should see to although all is well, or as well
 */
public record HealthReport(
    String question, Instant at, List<HealthReason> reasons, List<HealthReason> notes) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** HTTP's for well and for not well, as orchestrators read them. */
  private static final int OK = 200;

  private static final int UNAVAILABLE = 503;

  public HealthReport {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    reasons = List.copyOf(reasons);
    notes = List.copyOf(notes);
  }

  /** Whether to go on. */
  public static HealthReport live(Instant at, List<HealthReason> reasons) {
    return new HealthReport("live", at, reasons, List.of());
  }

  /** Whether it carries. */
  public static HealthReport ready(
      Instant at, List<HealthReason> reasons, List<HealthReason> notes) {
    return new HealthReport("ready", at, reasons, notes);
  }

  /** Of a process that waits for another one's end, and is ready to go on then. */
  public static HealthReport standingBy(Instant at, String words) {
    return ready(at, List.of(), List.of(HealthReason.ofProcess("STANDBY", words)));
  }

  /** Of a process whose roles have not begun. */
  public static HealthReport starting(Instant at) {
    return notReady(at, "STARTING", "The roles have not begun.");
  }

  /** Of a process whose roles are asked to end. */
  public static HealthReport ending(Instant at) {
    return notReady(at, "ENDING", "The roles end.");
  }

  private static HealthReport notReady(Instant at, String code, String words) {
    return ready(at, List.of(HealthReason.ofProcess(code, words)), List.of());
  }

  public boolean isWell() {
    return reasons.isEmpty();
  }

  /** What an HTTP server answers with: 200 or 503. */
  public int httpStatus() {
    return isWell() ? OK : UNAVAILABLE;
  }

  /** {@code {"question": …, "status": "UP"|"DOWN", "at": …, "reasons": [{…}], "notes": [{…}]}}. */
  public String json() {
    Map<String, Object> report = answer();
    report.put("reasons", reasons.stream().map(HealthReport::fields).toList());
    report.put("notes", notes.stream().map(HealthReport::fields).toList());
    return json(report);
  }

  /** The same without reasons and notes. */
  public String brief() {
    return json(answer());
  }

  private Map<String, Object> answer() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("question", question);
    report.put("status", isWell() ? "UP" : "DOWN");
    report.put("at", at.toString());
    return report;
  }

  private static String json(Map<String, Object> report) {
    try {
      return MAPPER.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> fields(HealthReason reason) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (reason.wave() != null) {
      fields.put("wave", reason.wave());
    }
    if (reason.role() != null) {
      fields.put("role", reason.role());
    }
    fields.put("code", reason.code());
    fields.put("words", reason.words());
    if (reason.since() != null) {
      fields.put("since", reason.since().toString());
    }
    return fields;
  }
}
