package nl.veer.control.dashboard.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.failure.StopSignal;

/**
 * What is under way, each on a thread of its own, and how it is ended. Safe for several threads.
 */
final class CommandRuns {
  /** By the command's id; guarded by itself. */
  private final Map<String, Run> runs = new LinkedHashMap<>();

  /**
   * One under way.
   *
   * @param stop it is given up when that is raised
   * @param over raised at its end
   */
  record Run(String wave, StopSignal stop, StopSignal over) {}

  /** A place for one that will begin; nothing runs yet. */
  Run place(Command command) {
    Run run = new Run(command.order().wave(), new StopSignal(), new StopSignal());
    synchronized (runs) {
      runs.put(command.id(), run);
    }
    return run;
  }

  /** Raised when what has this place is to be given up. */
  StopSignal stop(String id) {
    synchronized (runs) {
      return Objects.requireNonNull(runs.get(id), id).stop();
    }
  }

  /**
   * It will not begin, or has ended.
   *
   * @return whether it was to be given up
   */
  boolean leave(String id) {
    synchronized (runs) {
      Run run = runs.remove(id);
      if (run == null) {
        return false;
      }
      run.over().raise();
      return run.stop().isRaised();
    }
  }

  /** Does it on a thread of its own, and leaves then. */
  void start(String id, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                leave(id);
              }
            },
            "command " + id);
    thread.setDaemon(true);
    thread.start();
  }

  /** Has all others of the wave given up. */
  List<Run> stopOthers(String wave, String id) {
    List<Run> others = new ArrayList<>();
    synchronized (runs) {
      runs.forEach(
          (one, run) -> {
            if (run.wave().equals(wave) && !one.equals(id)) {
              others.add(run);
            }
          });
    }
    others.forEach(run -> run.stop().raise());
    return others;
  }

  /** Has all given up. */
  List<Run> stopAll() {
    List<Run> all;
    synchronized (runs) {
      all = List.copyOf(runs.values());
    }
    all.forEach(run -> run.stop().raise());
    return all;
  }

  /** Those that have not ended within this. */
  static List<Run> await(List<Run> runs, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    runs.forEach(run -> run.over().await(Duration.ofNanos(Math.max(0, until - System.nanoTime()))));
    return runs.stream().filter(run -> !run.over().isRaised()).toList();
  }
}
