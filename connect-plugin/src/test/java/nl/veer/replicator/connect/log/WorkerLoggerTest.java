package nl.veer.replicator.connect.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WorkerLoggerTest {
  private static final String NAME = "nl.veer.somewhere";

  private final Logger worker = (Logger) LoggerFactory.getLogger(NAME);
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
  private final org.slf4j.Logger own = new WorkerLogging().getLoggerFactory().getLogger(NAME);

  @BeforeEach
  void listen() {
    worker.setLevel(Level.INFO);
    worker.setAdditive(false);
    worker.addAppender(seen);
    seen.start();
  }

  @AfterEach
  void silence() {
    worker.detachAppender(seen);
  }

  @Test
  void passesOnTheMessageWithItsKeysAndItsCause() {
    IllegalStateException cause = new IllegalStateException("because");
    own.atWarn().addKeyValue("wave", "shop/main").setCause(cause).log("It {} again", "waits");
    assertThat(seen.list).hasSize(1);
    ILoggingEvent event = seen.list.get(0);
    assertThat(event.getLevel()).isEqualTo(Level.WARN);
    assertThat(event.getFormattedMessage()).isEqualTo("wave=shop/main It waits again");
    assertThat(event.getThrowableProxy().getMessage()).isEqualTo("because");
  }

  @Test
  void isAsLoudAsTheWorkersOwn() {
    own.debug("not this");
    own.info("this, with its braces {}");
    assertThat(own.isDebugEnabled()).isFalse();
    assertThat(seen.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("this, with its braces {}");
  }
}
