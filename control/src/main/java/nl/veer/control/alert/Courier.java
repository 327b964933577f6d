package nl.veer.control.alert;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.Pauses;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.alert.AlertFigures.ChannelFigures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages to a channel, in their order, on a thread of its own. What does not go is tried
 * again with growing pauses for as long as the process lives; whoever posts never waits. Safe for
 * use by several threads.
 */
final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** Days of a channel that is away; then the oldest is dropped. */
  private static final int MOST_WAITING = 1_000;

  private static final Duration LOOK = Duration.ofMillis(200);

  private final Channel channel;
  private final Pauses pauses;
  private final StopSignal stop = new StopSignal();
  private final LinkedBlockingDeque<AlertMessage> waiting = new LinkedBlockingDeque<>(MOST_WAITING);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong retried = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;

  private Courier(Channel channel, Pauses pauses) {
    this.channel = channel;
    this.pauses = pauses;
    this.thread = new Thread(this::run, "alerts " + channel.name());
    thread.setDaemon(true);
  }

  static Courier start(Channel channel, Pauses pauses) {
    Courier courier = new Courier(channel, pauses);
    courier.thread.start();
    return courier;
  }

  /** Takes a message; never waits. */
  void post(AlertMessage message) {
    while (!waiting.offerLast(message)) {
      if (waiting.pollFirst() != null) {
        dropped.incrementAndGet();
      }
    }
  }

  private void run() {
    try {
      while (!stop.isRaised()) {
        AlertMessage next = waiting.pollFirst(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          carry(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry(AlertMessage message) {
    AtomicBoolean told = new AtomicBoolean();
    try {
      new Retrying(stop, failure -> again(message, failure, told), pauses)
          .untilDone(
              () -> {
                channel.send(message);
                sent.incrementAndGet();
              });
    } catch (Failure failure) {
      refused.incrementAndGet();
      LOG.atError()
          .addKeyValue("channel", channel.name())
          .addKeyValue("code", failure.code())
          .log("An alert was not sent ({}): {}", message.title(), failure.getMessage());
    } catch (RuntimeException e) {
      refused.incrementAndGet();
      LOG.atError()
          .addKeyValue("channel", channel.name())
          .setCause(e)
          .log("An alert was not sent ({})", message.title());
    }
  }

  /** A channel that is away for days shall not fill the log. */
  private void again(AlertMessage message, Failure failure, AtomicBoolean told) {
    retried.incrementAndGet();
    if (told.getAndSet(true)) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("channel", channel.name())
        .addKeyValue("code", failure.code())
        .log("An alert is sent again ({}): {}", message.title(), failure.getMessage());
  }

  ChannelFigures figures() {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    outcomes.put("sent", sent.get());
    outcomes.put("retried", retried.get());
    outcomes.put("refused", refused.get());
    outcomes.put("dropped", dropped.get());
    return new ChannelFigures(channel.name(), waiting.size(), outcomes);
  }

  /** Whether all that was posted is out of its hands, one way or the other. */
  boolean isEmpty(long posted) {
    return sent.get() + refused.get() + dropped.get() >= posted;
  }

  /** Ends the thread; what it has not sent by then is not sent. */
  @Override
  public void close() {
    stop.raise();
    thread.interrupt();
  }
}
