package nl.veer.control.dashboard.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has commands done, each on a thread of its own, and keeps in the book and in the audit log what
 * came of them. Safe for use by several threads.
 */
final class CommandWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandWork.class);

  /** What is told to stop mostly ends within this; an attempt that does not is taken over. */
  private static final Duration STOPS = Duration.ofSeconds(5);

  /** Undoing an attempt may take a minute; whoever asked for that does not wait longer. */
  private static final Duration ENDS = Duration.ofSeconds(50);

  /**
   * From a signal on. Well within the minute after which the process is ended anyhow: the roles
   * beside it have to end too, and what is left here has to be said.
   */
  private static final Duration LEAVES = Duration.ofSeconds(40);

  private static final String LEFT = "COMMAND_LEFT";

  /** Guarded by itself. */
  private final CommandBook book;

  private final CommandDriver driver;
  private final CommandAudit audit;
  private final Clock clock;
  private final CommandRuns runs = new CommandRuns();
  private volatile Consumer<String> told = words -> {};

  /** When what was given up is waited for no more, in nanoseconds; guarded by the book. */
  private @Nullable Long until;

  CommandWork(CommandBook book, CommandDriver driver, CommandAudit audit, Clock clock) {
    this.book = book;
    this.driver = driver;
    this.audit = audit;
    this.clock = clock;
  }

  /** A place for one that will begin. */
  void place(Command command) {
    runs.place(command);
  }

  /**
   * It will not begin.
   *
   * @return whether somebody has ended it meanwhile
   */
  boolean leave(Command command) {
    return runs.leave(command.id());
  }

  /** Begins it, on a thread of its own; it has a place. */
  void start(Command command) {
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
            String by = "It was withdrawn by %s.".formatted(abort.order().asker().name());
            over(other.withdrawn("WITHDRAWN", by, now()));
          }
        }
      }
    }
    return others;
  }

  /** One that waited and will not begin; the caller has the book. */
  void over(Command ended) {
    book.put(ended);
    audit.keepLater(ended.order().wave(), ended.order().words(), "refused: " + ended.failureCode());
  }

  private Instant now() {
    return clock.instant();
  }

  /** Who is told, besides the log file, what has not ended with the dashboard. */
  void onLeft(Consumer<String> tell) {
    told = tell;
  }

  /** Has all given up, and waits for nothing; how long {@link #close} would wait from now on. */
  Duration giveUp() {
    long now = System.nanoTime();
    long end;
    synchronized (book) {
      Long before = until;
      end = before == null ? now + LEAVES.toNanos() : before;
      until = end;
    }
    runs.stopAll();
    return Duration.ofNanos(Math.max(0, end - now));
  }

  /** Has all given up, and waits for that. */
  @Override
  public void close() {
    Duration patience = giveUp();
    for (CommandRuns.Run left : CommandRuns.await(runs.stopAll(), patience)) {
      String words =
          ("A command of wave %s has not ended with the dashboard. If it was an attempt, undo it"
                  + " with: veer cutover --abort --wave %s")
              .formatted(left.wave(), left.wave());
      LOG.atError().addKeyValue("wave", left.wave()).addKeyValue("code", LEFT).log("{}", words);
      told.accept("veer: %s [%s]".formatted(words, LEFT));
    }
  }
}
