package nl.veer.control.dashboard.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.work.Refused;
import org.junit.jupiter.api.Test;

/** Where several want something at the same moment. */
class CommandDeskTest {
  private static final Caller OTTO = new Caller("otto", "token otto", DashboardRole.OPERATOR);
  private static final Caller PETRA = new Caller("petra", "token petra", DashboardRole.APPROVER);

  /** Whose audit log hangs over a yes, and then fails. */
  private static final class Hanging implements CommandDriver {
    final CountDownLatch atYes = new CountDownLatch(1);
    final CountDownLatch mayFail = new CountDownLatch(1);
    final CountDownLatch aborting = new CountDownLatch(1);

    @Override
    public CommandOutcome drive(CommandOrder order, StopSignal stop, Consumer<String> says) {
      return order.command() == CommandName.ABORT
          ? CommandOutcome.refused(CommandOutcome.NOTHING_STANDS, "No attempt stands.")
          : CommandOutcome.done("OPENED", "Attempt 1: OPENED.");
    }

    @Override
    public void audit(String wave, String what, String result) {
      if (what.contains("abort") && result.startsWith("asked for")) {
        aborting.countDown();
      }
      if (result.startsWith("approved")) {
        atYes.countDown();
        try {
          mayFail.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        throw new Failure(FailureKind.TRANSIENT, "TARGET_UNREACHABLE", "The target is away.");
      }
    }
  }

  private static CommandOrder order(CommandName command) {
    return new CommandOrder("main", command, null, List.of(), null, OTTO);
  }

  @Test
  void anAbortThatComesWhileAYesIsKeptLeavesNothingThatMayBeSaidYesToAgain() throws Exception {
    Hanging driver = new Hanging();
    CommandRules rules = new CommandRules(true, true, Duration.ofSeconds(10));
    try (CommandDesk desk = new CommandDesk(rules, driver, Clock.systemUTC())) {
      String cutover = desk.ask(OTTO, order(CommandName.CUTOVER)).get().id();
      CompletableFuture<Command> yes = desk.decide(PETRA, cutover, true, null);
      driver.atYes.await();
      String abort = desk.ask(OTTO, order(CommandName.ABORT)).get().id();
      driver.aborting.await();
      await().until(() -> found(desk, abort).startedAt() != null);
      driver.mayFail.countDown();

      assertThatThrownBy(yes::get).hasMessageContaining("The target is away.");
      assertThat(found(desk, cutover).state()).isEqualTo(CommandState.REFUSED);
      assertThat(found(desk, cutover).failureCode()).isEqualTo("WITHDRAWN");
      await().until(() -> found(desk, abort).endedAt() != null);
      assertThatThrownBy(() -> desk.decide(PETRA, cutover, true, null).get())
          .hasCauseInstanceOf(Refused.class);
    }
  }

  private static Command found(CommandDesk desk, String id) {
    return desk.last(10).stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }
}
