package nl.veer.control.cli;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.List;
import nl.veer.connectors.failure.BareTrace;

/**
 * What of a message is written. Veer's own messages hold no row and no secret. Debezium's may: it
 * quotes what it could not read. So of those who see rows only the fixed words are written, up to
 * where a value may begin, with {@code {}} where one would stand; and of exceptions only where they
 * come from.
 */
final class LogWords {
  private static final List<String> WHO_SEES_ROWS =
      List.of("io.debezium", "org.apache.kafka.connect", "org.apache.avro", "io.confluent");

  private LogWords() {}

  /** Teaches a layout the words {@code %words} and {@code %trace}. */
  static void teach(PatternLayout layout) {
    layout.getInstanceConverterMap().put("words", Words::new);
    layout.getInstanceConverterMap().put("trace", Trace::new);
  }

  private static final class Words extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return WHO_SEES_ROWS.stream().anyMatch(event.getLoggerName()::startsWith)
          ? fixed(event.getMessage())
          : event.getFormattedMessage();
    }
  }

  /** Debezium also joins values to its words, behind a colon or in quotation marks. */
  private static String fixed(String template) {
    String words = template.split("[:'\"]", 2)[0];
    return words.length() == template.length() ? words : words.strip() + " …";
  }

  private static final class Trace extends ThrowableHandlingConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return event.getThrowableProxy() instanceof ThrowableProxy thrown
          ? BareTrace.of(thrown.getThrowable())
          : "";
    }
  }
}
