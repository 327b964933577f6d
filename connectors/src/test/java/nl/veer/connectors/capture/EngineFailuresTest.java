package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.DebeziumException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.MalformedInputException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

class EngineFailuresTest {
  private static final String VALUE = "secret value";

  @Test
  void retriesOnlyWhatABrokenConnectionExplains() {
    assertThat(kind(new ConnectException(VALUE, new SocketException("reset"))))
        .isEqualTo(FailureKind.TRANSIENT);
    assertThat(kind(new ConnectException(VALUE, new IOException("broken"))))
        .isEqualTo(FailureKind.TRANSIENT);
    assertThat(kind(new DebeziumException(new PSQLException(VALUE, PSQLState.CONNECTION_FAILURE))))
        .isEqualTo(FailureKind.TRANSIENT);
    assertThat(kind(null)).isEqualTo(FailureKind.TRANSIENT);
  }

  @Test
  void looksAtWhatDebeziumRefusesAsAnIncident() {
    assertThat(kind(new DebeziumException(VALUE))).isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(kind(new ConnectException(VALUE, new IllegalStateException(VALUE))))
        .isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(kind(new ConnectException(VALUE, new MalformedInputException(3))))
        .isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(kind(new ConnectException(VALUE, new StackOverflowError())))
        .isEqualTo(FailureKind.BUG);
  }

  @Test
  void passesNothingOnThatDebeziumSays() {
    Failure failure = EngineFailures.of(new ConnectException(VALUE, new DebeziumException(VALUE)));
    assertThat(failure).hasMessageContaining("DebeziumException");
    assertThat(failure.toString()).doesNotContain(VALUE);
    assertThat(failure).cause().hasMessage("io.debezium.DebeziumException").hasNoCause();
  }

  private static FailureKind kind(@Nullable Throwable thrown) {
    return EngineFailures.of(thrown).kind();
  }
}
