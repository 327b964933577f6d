package nl.veer.control.dashboard.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands: one at a time in each wave, and ABORT beside it. That it was asked for is in the
 * audit log before anything is done, as is a yes; what cannot be kept is not done. What waits or is
 * under way ends with this process, as a command line's does with its own. Safe for use by several
 * threads.
 */
public final class CommandDesk implements AutoCloseable {
  /** Whoever asked was told by then that there is no answer, and does not expect a beginning. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private final CommandRules rules;
  private final Clock clock;
  private final CommandAudit audit;

  private final CommandWork work;

  /** Guarded by itself, as is what comes next. */
  private final CommandBook book = new CommandBook();

  private boolean closed;

  public CommandDesk(CommandRules rules, CommandDriver driver, Clock clock) {
    this.rules = rules;
    this.clock = clock;
    this.audit = new CommandAudit(driver, System::nanoTime);
    this.work = new CommandWork(book, driver, audit, clock);
  }

  /** Whether a second person has to say yes to what moves production. */
  public boolean approval() {
    return rules.approval();
  }

  /**
   * Takes a command, which then is under way or waits.
   *
   * @return ends with a {@link Refused}, or with the audit log's Failure
   */
  public CompletableFuture<Command> ask(Caller caller, CommandOrder order) {
    long asked = System.nanoTime();
    return audit.before(() -> taken(caller, order, asked));
  }

  private Command taken(Caller caller, CommandOrder order, long asked) {
    Command command;
    synchronized (book) {
      sweep();
      refuseIf(order.wave(), order.words(), against(caller, order));
      String id = CommandIds.next();
      command =
          rules.waits(order.command())
              ? Command.waiting(id, order, now())
              : Command.begun(id, order, now());
      book.put(command);
      if (!command.isWaiting()) {
        work.place(command);
      }
    }
    try {
      audit.keep(
          order.wave(),
          order.words(),
          command.isWaiting() ? "asked for, waits for approval" : "asked for");
      requireSoon(command, asked);
    } catch (RuntimeException e) {
      forget(command, null);
      throw e;
    }
    if (!command.isWaiting()) {
      work.start(command);
    }
    return command;
  }

  private @Nullable Refused against(Caller caller, CommandOrder order) {
    return closed
        ? new Refused(Why.CONFLICT, "DASHBOARD_ENDS", "The dashboard is about to end.")
        : rules.against(order.command(), caller, book.open(order.wave())).orElse(null);
  }

  private void refuseIf(String wave, String what, @Nullable Refused refusal) {
    if (refusal != null) {
      audit.refused(wave, what, refusal.code());
      throw refusal;
    }
  }

  private void requireSoon(Command command, long asked) {
    if (System.nanoTime() - asked > SOON.toNanos()) {
      audit.keepLater(command.order().wave(), command.order().words(), "refused: DASHBOARD_BUSY");
      throw new Failure(
          FailureKind.TRANSIENT,
          "DASHBOARD_BUSY",
          "The audit log took too long, so nothing was done. Ask again in some seconds.");
    }
  }

  /** As if it had not been asked for; what it was before comes back. */
  private void forget(Command command, @Nullable Command before) {
    synchronized (book) {
      boolean ended = work.leave(command);
      if (before == null) {
        book.remove(command.id());
      } else {
        // Whoever has ended it meanwhile is obeyed, though nobody drives it yet.
        book.put(
            ended ? before.withdrawn("WITHDRAWN", "It was ended before it began.", now()) : before);
      }
    }
  }

  /**
   * Says yes or no to exactly this command.
   *
   * @return ends with a {@link Refused}, or with the audit log's Failure
   */
  public CompletableFuture<Command> decide(
      Caller caller, String id, boolean yes, @Nullable String reason) {
    long asked = System.nanoTime();
    return audit.before(() -> decided(caller, id, yes, reason, asked));
  }

  private Command decided(
      Caller caller, String id, boolean yes, @Nullable String reason, long asked) {
    Command before;
    Command command;
    String said =
        "%s by %s%s"
            .formatted(
                yes ? "approved" : "declined", caller.words(), reason == null ? "" : ": " + reason);
    synchronized (book) {
      sweep();
      before = book.find(id).orElse(null);
      if (before == null) {
        Refused unknown = new Refused(Why.ABSENT, "COMMAND_UNKNOWN", "There is no such command.");
        audit.refused("", "dashboard: a command " + said, unknown.code());
        throw unknown;
      }
      CommandOrder order = before.order();
      refuseIf(order.wave(), order.words() + ", " + said, against(caller, before, yes));
      command =
          yes
              ? before.approved(caller.name(), now())
              : before.withdrawn("DECLINED", "It was " + said + ".", now());
      book.put(command);
      if (yes) {
        work.place(command);
      }
    }
    try {
      audit.keep(command.order().wave(), command.order().words(), said);
      requireSoon(command, asked);
    } catch (RuntimeException e) {
      forget(command, before);
      throw e;
    }
    if (yes) {
      work.start(command);
    }
    return command;
  }

  private @Nullable Refused against(Caller caller, Command waiting, boolean yes) {
    CommandOrder order = waiting.order();
    List<Command> others =
        book.open(order.wave()).stream().filter(one -> !one.id().equals(waiting.id())).toList();
    return rules
        .against(caller, waiting)
        .or(() -> yes ? rules.against(order.command(), caller, others) : Optional.empty())
        .orElse(closed ? new Refused(Why.CONFLICT, "DASHBOARD_ENDS", "It ends.") : null);
  }

  /** The last ones first. */
  public List<Command> last(int limit) {
    synchronized (book) {
      sweep();
      return book.last(limit);
    }
  }

  /** How long writes may be refused by it; empty for what refuses none. */
  public Optional<Duration> maxOutage(CommandOrder order) {
    return order.command().hasOutage()
        ? Optional.of(Optional.ofNullable(order.budget()).orElse(rules.maxOutage()))
        : Optional.empty();
  }

  /** The same, where an order does not say. */
  public Duration maxOutage() {
    return rules.maxOutage();
  }

  /**
   * What somebody may ask for in a wave now.
   *
   * @param leg that the wave is on; null if that is not known
   */
  public List<CommandChoice> choices(Caller caller, String wave, @Nullable Integer leg) {
    synchronized (book) {
      sweep();
      return rules.choices(caller, wave, leg, book.open(wave));
    }
  }

  /**
   * Keeps that somebody asked to be shown something.
   *
   * @param wave empty for none
   * @return ends when the audit log has it, or with its Failure: then nothing may be shown
   */
  public CompletableFuture<Void> shows(
      Caller caller, String wave, String what, @Nullable String reason) {
    String said =
        "dashboard: %s, asked by %s%s"
            .formatted(what, caller.words(), reason == null ? "" : ": " + reason);
    return audit.before(
        () -> {
          audit.keep(wave, said, "asked for");
          return null;
        });
  }

  /** Keeps that somebody asked for something that they may not, or not so. */
  public void refused(Caller caller, String wave, String what, String code) {
    audit.refused(wave, "dashboard: %s, asked by %s".formatted(what, caller.words()), code);
  }

  /** A yes that was not given in time is none; whoever looks next finds that. */
  private void sweep() {
    for (Command one : book.all()) {
      if (one.isPast(now())) {
        work.over(one.expired(now()));
      }
    }
  }

  private Instant now() {
    return clock.instant();
  }

  /** Who is told, besides the log file, what has not ended when this was closed. */
  public void onLeft(Consumer<String> tell) {
    work.onLeft(tell);
  }

  /**
   * Takes nothing more, and has what is under way given up as Ctrl-C would; waits for nothing. The
   * patience of {@link #close} runs from here on.
   */
  public void giveUp() {
    synchronized (book) {
      closed = true;
      for (Command one : book.all()) {
        if (one.isWaiting()) {
          work.over(one.withdrawn("DASHBOARD_ENDS", "The dashboard ended before a yes.", now()));
        }
      }
    }
    work.giveUp();
  }

  /** Gives up what is under way, and waits for that: a fence that stands is lowered first. */
  @Override
  public void close() {
    giveUp();
    work.close();
    audit.close();
  }
}
