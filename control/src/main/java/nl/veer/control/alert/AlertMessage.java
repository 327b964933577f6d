package nl.veer.control.alert;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What somebody is told: what, where, since when, and what to do. Never a row's values.
 *
 * @param id the same for all messages about one thing
 * @param status whether it begins, lasts, or is over
 * @param subject the role or slot it is about; empty if it is about the wave
 * @param words what is so, or was
 * @param since when it began
 * @param at when this was said
 */
public record AlertMessage(
    String id,
    Status status,
    AlertRule rule,
    String migration,
    String wave,
    String subject,
    String words,
    Instant since,
    Instant at) {

  /** What a message is about. */
  public enum Status {
    FIRING,
    /** It was told before, and lasts. */
    REMINDER,
    RESOLVED
  }

  public AlertMessage {
    words = words.replaceAll("\\p{Cntrl}", " ");
    since = since.truncatedTo(ChronoUnit.SECONDS);
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  static AlertMessage of(
      AlertKey key, Status status, String migration, String words, Instant since, Instant at) {
    String id =
        String.join("/", migration, key.wave(), key.rule().word(), key.subject())
            .replaceAll("/+", "/")
            .replaceAll("/$", "");
    return new AlertMessage(
        id, status, key.rule(), migration, key.wave(), key.subject(), words, since, at);
  }

  /** Where it is, for people. */
  public String where() {
    return (wave.isEmpty() ? "migration " + migration : "wave " + migration + "/" + wave)
        + (subject.isEmpty() ? "" : ", " + subject);
  }

  /** One line. */
  public String title() {
    String begin =
        switch (status) {
          case FIRING -> rule.severity().name();
          case REMINDER -> "STILL " + rule.severity().name();
          case RESOLVED -> "RESOLVED";
        };
    return "%s %s: %s".formatted(begin, rule.word(), where());
  }

  /** All of it, in lines. */
  public String text() {
    boolean over = status == Status.RESOLVED;
    return """
        %s
        %s
        since: %s%s
        what to do: %s
        more: %s
        """
        .formatted(
            title(),
            over ? "It was: " + words : words,
            since,
            over ? ", over by " + at : "",
            over ? "nothing; it is over." : rule.action(),
            rule.section());
  }
}
