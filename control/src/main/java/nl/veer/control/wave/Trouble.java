package nl.veer.control.wave;

import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a role beside the crossing waits for, or failed with, for whoever asks. Tells the log when
 * it becomes another. Set by the role's thread; read by any.
 */
final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  private final WaveId wave;
  private final String role;
  private final AtomicLong retries = new AtomicLong();
  private volatile @Nullable Failure now;

  Trouble(WaveId wave, String role) {
    this.wave = wave;
    this.role = role;
  }

  /** Null while there is none. */
  @Nullable Failure now() {
    return now;
  }

  /** How often something was tried again. */
  long retries() {
    return retries.get();
  }

  /** Without a word in the log: it is to be expected, or is told by whoever ends. */
  void is(@Nullable Failure failure) {
    now = failure;
  }

  /** Does the role's work; what ends it is its trouble, and thrown on. */
  void endsWith(Runnable work) {
    try {
      work.run();
    } catch (Failure failure) {
      now = failure;
      throw failure;
    } catch (RuntimeException | Error e) {
      now = new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e);
      throw e;
    }
  }

  /** What is retried. */
  void retried(Failure failure) {
    retries.incrementAndGet();
    Failure before = now;
    now = failure;
    if (before == null || !before.code().equals(failure.code())) {
      LOG.atWarn()
          .addKeyValue("wave", wave)
          .addKeyValue("role", role)
          .addKeyValue("code", failure.code())
          .log("Retrying: {}", failure.getMessage());
    }
  }
}
