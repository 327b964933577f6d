package nl.veer.control.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.Pauses;
import nl.veer.control.config.MailConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WebhookConfig;
import nl.veer.control.reading.MigrationReading;
import nl.veer.control.reading.WaveReading;

/**
 * Judges each reading and hands what is to be told to the couriers. What was told is forgotten when
 * the process ends: what still fires then is told again by the next one. Safe for use by several
 * threads.
 */
public final class Alerting implements Consumer<MigrationReading>, AutoCloseable {
  /** What is refused is tried again too, but not so often that it looks like an attack. */
  private static final Pauses PAUSES =
      new Pauses(
          Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(1));

  /** What was told last shall go out, but an end does not wait for a channel that is away. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(20);

  private final String migration;
  private final AlertRules rules;
  private final AlertBook book;
  private final List<Courier> couriers;
  private long posted;

  private Alerting(String migration, AlertRules rules, Duration remind, List<Courier> couriers) {
    this.migration = migration;
    this.rules = rules;
    this.book = new AlertBook(migration, rules::hold, remind);
    this.couriers = List.copyOf(couriers);
  }

  /** With the rules and channels of the configuration. */
  public static Alerting start(VeerConfig config) {
    return start(config, PAUSES);
  }

  static Alerting start(VeerConfig config, Pauses pauses) {
    List<Courier> couriers = new ArrayList<>();
    for (WebhookConfig webhook : config.alerts().webhooks()) {
      String name = "webhook-" + (couriers.size() + 1);
      couriers.add(Courier.start(new Webhook(name, webhook), pauses));
    }
    MailConfig mail = config.alerts().mail();
    if (mail != null) {
      couriers.add(Courier.start(new Mail(mail), pauses));
    }
    return new Alerting(
        config.migration(),
        new AlertRules(config.alerts(), config.tuning().heartbeat()),
        config.alerts().remind(),
        couriers);
  }

  /** Judges a reading; returns at once. */
  @Override
  public synchronized void accept(MigrationReading reading) {
    Set<String> waves =
        reading.waves().stream()
            .filter(WaveReading::isHeard)
            .map(WaveReading::wave)
            .collect(Collectors.toSet());
    post(book.enter(rules.judge(reading), waves, reading.at()));
  }

  /**
   * The whole run has ended with a failure: nobody reads any more. Told also where a role's end
   * was: one that ends alone leaves the others running.
   */
  public synchronized void ended(Failure failure, Instant at) {
    post(
        List.of(
            AlertMessage.of(
                new AlertKey(AlertRule.ROLE_FAILED, "", ""),
                AlertMessage.Status.FIRING,
                migration,
                "The run has ended. " + failure.code() + ": " + failure.getMessage(),
                at,
                at)));
  }

  private void post(List<AlertMessage> messages) {
    posted += messages.size();
    messages.forEach(message -> couriers.forEach(courier -> courier.post(message)));
  }

  /** What fires now, and what became of the messages. */
  public synchronized AlertFigures figures() {
    return new AlertFigures(book.firing(), couriers.stream().map(Courier::figures).toList());
  }

  /** Ends the couriers, a moment after what they have in hand. */
  @Override
  public void close() {
    closeWithin(LAST_WORDS);
  }

  void closeWithin(Duration patience) {
    long all = posted();
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (System.nanoTime() < deadline
          && !couriers.stream().allMatch(courier -> courier.isEmpty(all))) {
        Thread.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    couriers.forEach(Courier::close);
  }

  private synchronized long posted() {
    return posted;
  }
}
