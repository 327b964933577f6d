package nl.veer.control.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Pauses;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.alert.AlertFigures.ChannelFigures;
import nl.veer.control.alert.AlertFigures.ChannelTrouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Carries messages to a channel, in their order, on a thread of its own. What does not go is tried
 * again with growing pauses for as long as the process lives; what is refused is put aside, and
 * tried again more rarely; whoever posts never waits. Safe for use by several threads.
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

  /** Messages that were tried, or will not be. */
  private final AtomicLong handled = new AtomicLong();

  private final Refusals refusals;
  private final Thread thread;
  private volatile @Nullable ChannelTrouble trouble;

  private Courier(Channel channel, Pauses pauses) {
    this.channel = channel;
    this.pauses = pauses;
    this.refusals = new Refusals(pauses);
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
        handled.incrementAndGet();
      }
    }
  }

  private void run() {
    try {
      while (!stop.isRaised()) {
        AlertMessage next = waiting.pollFirst(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          carry(next, false);
          handled.incrementAndGet();
        }
        refusals.due(System.nanoTime()).ifPresent(kept -> carry(kept, true));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param again whether it was refused before
   */
  private void carry(AlertMessage message, boolean again) {
    AtomicBoolean told = new AtomicBoolean();
    try {
      new Retrying(stop, failure -> again(message, failure, told), pauses)
          .untilDone(
              () -> {
                channel.send(message);
                sent(message);
              });
    } catch (Failure failure) {
      refused(message, failure, again);
    } catch (RuntimeException e) {
      refused(
          message,
          new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e),
          again);
    }
  }

  private void sent(AlertMessage message) {
    sent.incrementAndGet();
    refusals.done(message);
    if (trouble != null) {
      trouble = null;
      LOG.atInfo().addKeyValue("channel", channel.name()).log("Alerts arrive again");
    }
  }

  private void refused(AlertMessage message, Failure failure, boolean again) {
    (again ? retried : refused).incrementAndGet();
    trouble(failure);
    if (failure.code().equals(AlertFailures.REFUSED)) {
      dropped.addAndGet(refusals.keep(message, System.nanoTime()));
    } else {
      refusals.done(message);
    }
    LOG.atLevel(again ? Level.DEBUG : Level.ERROR)
        .addKeyValue("channel", channel.name())
        .addKeyValue("code", failure.code())
        .log("An alert was not sent ({}): {}", message.title(), failure.getMessage());
  }

  private void trouble(Failure failure) {
    ChannelTrouble before = trouble;
    trouble =
        new ChannelTrouble(
            before == null ? Instant.now() : before.since(),
            failure.code(),
            String.valueOf(failure.getMessage()));
  }

  /** A channel that is away for days shall not fill the log. */
  private void again(AlertMessage message, Failure failure, AtomicBoolean told) {
    retried.incrementAndGet();
    trouble(failure);
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
    return new ChannelFigures(channel.name(), waiting.size() + refusals.size(), outcomes, trouble);
  }

  /** Whether all that was posted was tried, or is given up. */
  boolean isEmpty(long posted) {
    return handled.get() >= posted;
  }

  /** Ends the thread; what it has not sent by then is not sent. */
  @Override
  public void close() {
    stop.raise();
    thread.interrupt();
  }
}
