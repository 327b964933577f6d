package nl.veer.connectors.log;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.security.auth.login.LoginException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.TlsRefusal;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Turns what Kafka's clients throw into {@link Failure}s; the only place that does. */
final class KafkaFailures {

  private KafkaFailures() {}

  /**
   * @param step what was being done, for example {@code "write to topic x"}
   */
  static Failure of(String step, Throwable thrown) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof Failure failure) {
      return failure;
    }
    if (cause instanceof InterruptException || cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return failure(FailureKind.TRANSIENT, "KAFKA_INTERRUPTED", step, "it was interrupted", cause);
    }
    if (cause instanceof ProducerFencedException) {
      return failure(
          FailureKind.CONFLICT,
          LogWriter.FENCED,
          step,
          "another capture of this wave writes to its log now; this one has ended",
          cause);
    }
    if (isUnknownTopic(cause)) {
      // Perhaps a broker that has just started; LogTopic, which asks again, decides.
      return failure(
          FailureKind.TRANSIENT, "TOPIC_UNKNOWN", step, "a broker does not know it now", cause);
    }
    if (isLost(cause)) {
      return failure(
          FailureKind.LOST_POSITION,
          "LOG_LOST",
          step,
          "the topic or the place in it is gone; load anew with veer load --again",
          cause);
    }
    if (cause instanceof RecordTooLargeException) {
      return failure(
          FailureKind.SOURCE_DATA,
          "RECORD_TOO_LARGE",
          step,
          "a row is larger than kafka.max-record or the topic's max.message.bytes; raise both,"
              + " and the heap to match",
          cause);
    }
    Optional<String> refusal = TlsRefusal.reason(cause);
    if (refusal.isPresent()) {
      return failure(
          FailureKind.CONFIGURATION,
          "TLS_REFUSED",
          step,
          "there is no TLS with Kafka: "
              + refusal.get()
              + ". Check the ssl settings of"
              + " kafka.properties",
          cause);
    }
    if (isConfiguration(cause)) {
      return failure(
          FailureKind.CONFIGURATION, "KAFKA_REFUSED", step, String.valueOf(cause), cause);
    }
    if (cause != thrown && isRefusedSetting(cause)) {
      // Without its words: of a JAAS line that cannot be read, they quote parts.
      return failure(
          FailureKind.CONFIGURATION,
          "KAFKA_REFUSED",
          step,
          "Kafka's client does not take kafka.properties ("
              + cause.getClass().getSimpleName()
              + "); look at sasl.jaas.config first",
          cause);
    }
    if (cause instanceof KafkaException
        || cause instanceof TimeoutException
        || cause instanceof IOException) {
      return failure(
          FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", step, String.valueOf(cause), cause);
    }
    return failure(FailureKind.BUG, "KAFKA_UNEXPECTED", step, String.valueOf(cause), cause);
  }

  private static boolean isLost(Throwable cause) {
    return cause instanceof InvalidOffsetException;
  }

  private static boolean isUnknownTopic(Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        || cause instanceof UnknownTopicIdException;
  }

  private static boolean isConfiguration(Throwable cause) {
    return cause instanceof AuthenticationException
        || cause instanceof AuthorizationException
        || cause instanceof ConfigException
        || cause instanceof InvalidConfigurationException
        || cause instanceof InvalidReplicationFactorException
        || cause instanceof UnsupportedVersionException
        || cause.getCause() instanceof ConfigException;
  }

  /** What constructing a client dies of. */
  private static boolean isRefusedSetting(Throwable cause) {
    return cause instanceof IllegalArgumentException
        || cause instanceof LoginException
        || (cause instanceof IOException && !isOutOfFiles(cause));
  }

  /** The process has too many open now; that passes. */
  private static boolean isOutOfFiles(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("Too many open files");
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException
            || cause instanceof CompletionException
            || cause.getClass() == KafkaException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Failure failure(
      FailureKind kind, String code, String step, String why, Throwable cause) {
    return new Failure(kind, code, "Could not " + step + ": " + why + ".", cause);
  }
}
