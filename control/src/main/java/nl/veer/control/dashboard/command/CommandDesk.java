package nl.veer.control.dashboard.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.dashboard.command.CommandRefusal.Why;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands: one at a time in each wave, and ABORT beside it. That it was asked for is in the
 * audit log before anything is done, as is a yes; what cannot be kept is not done. What waits or is
 * under way ends with this process, as a command line's does with its own. Safe for use by several
 * threads.
 */
public final class CommandDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

  /** What is told to stop mostly ends within this; an attempt that does not is taken over. */
  private static final Duration STOPS = Duration.ofSeconds(5);

  /** Undoing an attempt may take a minute, and a signal is waited for as long. */
  private static final Duration ENDS = Duration.ofSeconds(50);

  /** Whoever asked was told by then that there is no answer, and does not expect a beginning. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private final CommandRules rules;
  private final CommandDriver driver;
  private final Clock clock;
  private final CommandAudit audit;
  private final CommandRuns runs = new CommandRuns();

  /** Guarded by itself, as is what comes next. */
  private final CommandBook book = new CommandBook();

  private boolean closed;

  public CommandDesk(CommandRules rules, CommandDriver driver, Clock clock) {
    this.rules = rules;
    this.driver = driver;
    this.clock = clock;
    this.audit = new CommandAudit(driver, System::nanoTime);
  }

  /** Whether a second person has to say yes to what moves production. */
  public boolean approval() {
    return rules.approval();
  }

  /**
   * Takes a command, which then is under way or waits.
   *
   * @return ends with a {@link CommandRefusal}, or with the audit log's Failure
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
        runs.place(command);
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
      start(command);
    }
    return command;
  }

  private @Nullable CommandRefusal against(Caller caller, CommandOrder order) {
    return closed
        ? new CommandRefusal(Why.CONFLICT, "DASHBOARD_ENDS", "The dashboard is about to end.")
        : rules.against(order.command(), caller, book.open(order.wave())).orElse(null);
  }

  private void refuseIf(String wave, String what, @Nullable CommandRefusal refusal) {
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
      runs.leave(command.id());
      if (before == null) {
        book.remove(command.id());
      } else {
        book.put(before);
      }
    }
  }

  /**
   * Says yes or no to exactly this command.
   *
   * @return ends with a {@link CommandRefusal}, or with the audit log's Failure
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
                yes ? "approved" : "declined", caller.name(), reason == null ? "" : ": " + reason);
    synchronized (book) {
      sweep();
      before = book.find(id).orElse(null);
      if (before == null) {
        CommandRefusal unknown =
            new CommandRefusal(Why.ABSENT, "COMMAND_UNKNOWN", "There is no such command.");
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
        runs.place(command);
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
      start(command);
    }
    return command;
  }

  private @Nullable CommandRefusal against(Caller caller, Command waiting, boolean yes) {
    CommandOrder order = waiting.order();
    List<Command> others =
        book.open(order.wave()).stream().filter(one -> !one.id().equals(waiting.id())).toList();
    return rules
        .against(caller, waiting)
        .or(() -> yes ? rules.against(order.command(), caller, others) : java.util.Optional.empty())
        .orElse(closed ? new CommandRefusal(Why.CONFLICT, "DASHBOARD_ENDS", "It ends.") : null);
  }

  private void start(Command command) {
    runs.start(command.id(), () -> drive(command));
  }

  private void drive(Command command) {
    CommandOutcome outcome;
    try {
      outcome = command.order().command() == CommandName.ABORT ? abort(command) : driven(command);
    } catch (Failure failure) {
      outcome = CommandOutcome.failed(failure);
    } catch (RuntimeException | Error e) {
      // Without the words: they may quote what was worked on.
      LOG.atError().log("A command failed: {}", BareTrace.of(e));
      outcome =
          CommandOutcome.failed(
              new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e));
    }
    CommandOutcome end = outcome;
    synchronized (book) {
      book.find(command.id()).ifPresent(now -> book.put(now.ended(end, now())));
    }
    LOG.atInfo()
        .addKeyValue("wave", command.order().wave())
        .log("The command {} ended: {}", command.order().command().word(), end.forAudit());
    audit.tryKeep(command.order().wave(), command.order().words(), end.forAudit());
  }

  private CommandOutcome driven(Command command) {
    return driver.drive(
        command.order(), runs.stop(command.id()), words -> says(command.id(), words));
  }

  private void says(String id, String words) {
    synchronized (book) {
      book.find(id)
          .filter(one -> one.state() == CommandState.RUNNING)
          .ifPresent(one -> book.put(one.says(words)));
    }
  }

  /** What was asked for here is told to stop, and what stands then is taken over. */
  private CommandOutcome abort(Command command) {
    String wave = command.order().wave();
    List<String> others = withdraw(command);
    List<CommandRuns.Run> under = runs.stopOthers(wave, command.id());
    CommandRuns.await(under, STOPS);
    CommandOutcome outcome = driven(command);
    if (!CommandOutcome.NOTHING_STANDS.equals(outcome.code()) || others.isEmpty()) {
      return outcome;
    }
    CommandRuns.await(under, ENDS);
    synchronized (book) {
      return CommandAbort.of(others.stream().flatMap(id -> book.find(id).stream()).toList());
    }
  }

  /** What waits in the wave will not begin; the ids of all that was open there. */
  private List<String> withdraw(Command abort) {
    List<String> others = new ArrayList<>();
    synchronized (book) {
      for (Command other : book.open(abort.order().wave())) {
        if (!other.id().equals(abort.id())) {
          others.add(other.id());
          if (other.isWaiting()) {
            String by = "It was withdrawn by %s.".formatted(abort.order().askedBy());
            over(other.withdrawn("WITHDRAWN", by, now()));
          }
        }
      }
    }
    return others;
  }

  /** The last ones first. */
  public List<Command> last(int limit) {
    synchronized (book) {
      sweep();
      return book.last(limit);
    }
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
            .formatted(what, caller.name(), reason == null ? "" : ": " + reason);
    return audit.before(
        () -> {
          audit.keep(wave, said, "asked for");
          return null;
        });
  }

  /** Keeps that somebody asked for something that they may not, or not so. */
  public void refused(Caller caller, String wave, String what, String code) {
    audit.refused(wave, "dashboard: %s, asked by %s".formatted(what, caller.name()), code);
  }

  /** A yes that was not given in time is none; whoever looks next finds that. */
  private void sweep() {
    for (Command one : book.all()) {
      if (one.isPast(now())) {
        over(one.expired(now()));
      }
    }
  }

  private void over(Command ended) {
    book.put(ended);
    audit.keepLater(ended.order().wave(), ended.order().words(), "refused: " + ended.failureCode());
  }

  private Instant now() {
    return clock.instant();
  }

  /**
   * Takes nothing more, has what is under way given up as Ctrl-C would, and waits for that: a fence
   * that stands is lowered first.
   */
  @Override
  public void close() {
    synchronized (book) {
      closed = true;
      for (Command one : book.all()) {
        if (one.isWaiting()) {
          over(one.withdrawn("DASHBOARD_ENDS", "The dashboard ended before a yes.", now()));
        }
      }
    }
    for (CommandRuns.Run left : runs.stopAll(ENDS)) {
      LOG.atError()
          .addKeyValue("wave", left.wave())
          .addKeyValue("code", "COMMAND_LEFT")
          .log(
              "A command of wave {} has not ended with the dashboard. If it was an attempt, undo it"
                  + " with: veer cutover --abort --wave {}",
              left.wave(),
              left.wave());
    }
    audit.close();
  }
}
