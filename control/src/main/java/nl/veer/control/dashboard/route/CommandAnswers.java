package nl.veer.control.dashboard.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import nl.veer.connectors.event.TableId;
import nl.veer.control.dashboard.api.ApprovalRequest;
import nl.veer.control.dashboard.api.CommandBody;
import nl.veer.control.dashboard.api.CommandRequest;
import nl.veer.control.dashboard.api.CommandsBody;
import nl.veer.control.dashboard.command.Caller;
import nl.veer.control.dashboard.command.Command;
import nl.veer.control.dashboard.command.CommandChoice;
import nl.veer.control.dashboard.command.CommandDesk;
import nl.veer.control.dashboard.command.CommandName;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;
import nl.veer.control.status.MigrationStatus;
import org.jspecify.annotations.Nullable;

/** What is asked of the migration, put as it must be, and what has come of it. */
final class CommandAnswers {
  /** The audit log keeps it, and people read it there. */
  private static final int REASON = 500;

  private static final int TABLES = 100;

  /** No application waits longer for its writes. */
  private static final long LONGEST_OUTAGE_MILLIS = Duration.ofHours(1).toMillis();

  private final Sources sources;
  private final CommandDesk desk;

  CommandAnswers(Sources sources) {
    this.sources = sources;
    this.desk = sources.commands();
  }

  /** Asks nobody: what is known of the waves is as old as the last reading. */
  CommandsBody all(Asked asked, Caller caller) {
    Map<String, Integer> legs = legs();
    List<CommandChoice> allowed = new ArrayList<>();
    sources.waves().forEach(wave -> allowed.addAll(desk.choices(caller, wave, legs.get(wave))));
    return new CommandsBody(
        desk.last((int) asked.number(Routes.LIMIT)).stream().map(this::body).toList(),
        desk.approval(),
        desk.maxOutage().toMillis(),
        allowed);
  }

  private Map<String, Integer> legs() {
    Map<String, Integer> legs = new HashMap<>();
    MigrationStatus status = sources.status().last().status();
    if (status != null) {
      status.waves().stream()
          .filter(wave -> wave.unknown().isEmpty())
          .forEach(wave -> legs.put(wave.wave(), wave.leg().number()));
    }
    return legs;
  }

  CompletionStage<CommandBody> command(Asked asked, Caller caller, CommandRequest request) {
    return desk.ask(caller, order(asked.given(Routes.WAVE), caller, request)).thenApply(this::body);
  }

  CompletionStage<CommandBody> approval(Asked asked, Caller caller, ApprovalRequest request) {
    String reason = reason(request.reason());
    return desk.decide(caller, asked.given(Routes.ID), request.approve(), reason)
        .thenApply(this::body);
  }

  /** Somebody may not ask that, or not so; what they asked for is null where nobody can tell. */
  void refusedCommand(Asked asked, Caller caller, @Nullable CommandRequest request, String code) {
    String wave = asked.given(Routes.WAVE);
    String what = request == null ? "a command" : request.command().word();
    desk.refused(caller, sources.waves().contains(wave) ? wave : "", what, code);
  }

  /** The same of an approval. */
  void refusedApproval(Asked asked, Caller caller, @Nullable ApprovalRequest request, String code) {
    desk.refused(caller, "", "an approval", code);
  }

  private CommandBody body(Command command) {
    return CommandBody.of(command, desk.maxOutage(command.order()).orElse(null));
  }

  private CommandOrder order(String wave, Caller caller, CommandRequest request) {
    CommandName command = request.command();
    StatusAnswers.existing(sources, wave);
    if (request.confirm() != null && !command.moves()) {
      throw wrong("confirm belongs to CUTOVER and FALLBACK.");
    }
    if (command.moves() && !wave.equals(request.confirm())) {
      throw new Refused(
          Why.WRONG, "CONFIRM", "%s needs confirm: the wave's name.".formatted(command));
    }
    return new CommandOrder(
        wave,
        command,
        reason(request.reason()),
        tables(command, request.tables()),
        budget(command, request.budgetMillis()),
        caller);
  }

  /** As the audit log has it; null if there is none. */
  static @Nullable String reason(@Nullable String reason) {
    if (reason == null || reason.isBlank()) {
      return null;
    }
    if (reason.length() > REASON || reason.codePoints().anyMatch(Character::isISOControl)) {
      throw wrong("reason has at most %d characters, and no control characters.".formatted(REASON));
    }
    return reason.strip();
  }

  private static List<TableId> tables(CommandName command, @Nullable List<String> tables) {
    if (tables == null) {
      return List.of();
    }
    if (command != CommandName.SCAN) {
      throw wrong("tables belong to SCAN.");
    }
    if (tables.size() > TABLES) {
      throw wrong("tables are at most %d; all are scanned if none is given.".formatted(TABLES));
    }
    return tables.stream().map(CommandAnswers::table).distinct().toList();
  }

  private static TableId table(String text) {
    int dot = text.indexOf('.');
    if (dot < 1
        || dot == text.length() - 1
        || text.length() > Parameter.NAME
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw wrong("tables are written schema.table.");
    }
    return new TableId(text.substring(0, dot), text.substring(dot + 1));
  }

  private static @Nullable Duration budget(CommandName command, @Nullable Long millis) {
    if (millis == null) {
      return null;
    }
    if (!command.hasOutage()) {
      throw wrong("budgetMillis belongs to REHEARSE, CUTOVER and FALLBACK.");
    }
    if (millis < 1 || millis > LONGEST_OUTAGE_MILLIS) {
      throw wrong("budgetMillis is a number from 1 to %d.".formatted(LONGEST_OUTAGE_MILLIS));
    }
    return Duration.ofMillis(millis);
  }

  private static Refused wrong(String words) {
    return new Refused(Why.WRONG, "COMMAND", words);
  }
}
