package nl.veer.control.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.wave.TableReload;
import nl.veer.replicator.stamp.TableLoad;

/**
 * Waits for tables that are loaded anew, and shows how far they are: until they are loaded, until a
 * signal, or until no replicator has taken them up for a while. Whatever happens, what was asked
 * for stands. Owned by one thread.
 */
final class ReloadInFront {
  /**
   * A replicator in an incident has no session for five seconds. One that looks at the source
   * before a load may have none for longer: that no session is seen does not mean that none lives.
   */
  static final Duration ABSENCE = Duration.ofSeconds(12);

  static final Duration PACE = Duration.ofMillis(500);

  /** Without a terminal, a line is printed when something is another state, and this often. */
  private static final long PLAIN_NANOS = Duration.ofSeconds(30).toNanos();

  private final Map<WaveId, List<TableId>> tables;
  private final Looking looking;
  private final Console console;
  private final StopSignal stop;
  private final LongSupplier nanoTime;
  private final Duration pace;
  private String shown = "";
  private long shownAt;

  /** How far a wave's tables are. */
  interface Looking {
    TableReload.Look look(WaveId wave, List<TableId> tables);
  }

  ReloadInFront(
      Map<WaveId, List<TableId>> tables,
      Looking looking,
      Console console,
      StopSignal stop,
      LongSupplier nanoTime,
      Duration pace) {
    this.tables = tables;
    this.looking = looking;
    this.console = console;
    this.stop = stop;
    this.nanoTime = nanoTime;
    this.pace = pace;
  }

  /** The exit code: loaded, or not known to be. */
  int run() {
    long seen = nanoTime.getAsLong();
    while (!stop.isRaised()) {
      Seen now;
      try {
        now = look();
      } catch (RuntimeException refused) {
        return over(ExitCode.UNKNOWN, standing(refused));
      }
      tell(now.lines());
      if (now.complete()) {
        return over(
            ExitCode.OK,
            "The wave goes on from where it stood: veer status says when it is level.");
      }
      if (now.replicating()) {
        seen = nanoTime.getAsLong();
      } else if (nanoTime.getAsLong() - seen > ABSENCE.toNanos()) {
        return over(
            ExitCode.UNKNOWN,
            "No replicator has taken the request up yet. The request stands. If none runs, start veer"
                + " run or veer replicate, which begins with it. If one runs, do not start a second"
                + " one: see its screen or log file for what it waits for.");
      }
      stop.await(pace);
    }
    return over(
        ExitCode.UNKNOWN,
        "Not waited for any longer. The request stands; veer status shows how far it is.");
  }

  private static String standing(RuntimeException reason) {
    if (reason instanceof Failure failure && failure.code().equals(TableReload.REMOVED)) {
      return ReloadRequest.words(failure);
    }
    return "The request stands, but how far it is cannot be seen. " + ReloadRequest.words(reason);
  }

  private int over(int code, String words) {
    console.keep();
    console.line(words);
    return code;
  }

  /**
   * What one look at all waves has shown.
   *
   * @param replicating whether each wave that is not complete has a replicator
   */
  private record Seen(boolean complete, boolean replicating, List<String> lines) {}

  private Seen look() {
    boolean complete = true;
    boolean replicating = true;
    List<String> lines = new ArrayList<>();
    for (Map.Entry<WaveId, List<TableId>> wave : tables.entrySet()) {
      try {
        TableReload.Look look = looking.look(wave.getKey(), wave.getValue());
        complete &= look.isComplete();
        replicating &= look.isComplete() || look.replicating();
        look.loads().forEach(load -> lines.add(line(load, look.replicating())));
      } catch (Failure away) {
        if (away.kind() != FailureKind.TRANSIENT) {
          throw away;
        }
        complete = false;
        replicating = false;
        lines.add("%s: %s".formatted(away.code(), away.getMessage()));
      }
    }
    return new Seen(complete, replicating, lines);
  }

  private static String line(TableLoad load, boolean replicating) {
    return load.table()
        + ": "
        + switch (load.state()) {
          case AGAIN -> replicating ? "asked for" : "asked for, not taken up yet";
          case PENDING -> "to be loaded";
          case RUNNING -> "%,d rows".formatted(load.rows());
          case COMPLETE -> "loaded, %,d rows".formatted(load.rows());
        };
  }

  /** On a terminal all that there is to know; elsewhere a line now and then. */
  private void tell(List<String> lines) {
    console.redraw(lines);
    String words = lines.stream().map(ReloadInFront::withoutCount).collect(Collectors.joining());
    long now = nanoTime.getAsLong();
    if (!console.isTerminal() && (!words.equals(shown) || now - shownAt > PLAIN_NANOS)) {
      shown = words;
      shownAt = now;
      lines.forEach(console::line);
    }
  }

  private static String withoutCount(String line) {
    return line.replaceAll("[\\d,]+ rows$", "rows");
  }
}
