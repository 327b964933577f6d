package nl.veer.benchmarks.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All processes of this machine at one moment, from {@code /proc} (Linux, proc(5)). */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private final Map<Long, Entry> entries;

  /**
   * One process.
   *
   * @param ticks of processor time, its own
   * @param ended ticks of children that it has waited for
   */
  private record Entry(long pid, long parent, long ticks, long ended) {}

  private ProcessTable(Map<Long, Entry> entries) {
    this.entries = entries;
  }

  static boolean isThere() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  static ProcessTable read() {
    Map<Long, Entry> entries = new HashMap<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path directory : directories) {
        entry(directory).ifPresent(entry -> entries.put(entry.pid(), entry));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProcessTable(entries);
  }

  /** Empty if the process has ended since it was listed. */
  private static Optional<Entry> entry(Path directory) {
    try {
      String stat = Files.readString(directory.resolve("stat"));
      // The name before it stands in brackets, and may hold blanks and brackets itself.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(
          new Entry(
              Long.parseLong(directory.getFileName().toString()),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
              Long.parseLong(fields[13]) + Long.parseLong(fields[14])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Processor time of a party since its processes began, those that have ended among them. */
  long ticks(Party party) {
    return switch (party.scope()) {
      case ITSELF -> entry(party.pid()).ticks();
      case PROGRAMS -> entry(party.pid()).ended();
      case TREE ->
          tree(party.pid()).stream()
              .map(this::entry)
              .mapToLong(entry -> entry.ticks() + entry.ended())
              .sum();
    };
  }

  private Entry entry(long pid) {
    return entries.getOrDefault(pid, new Entry(pid, 0, 0, 0));
  }

  /** The processes of a party that run now and whose memory counts. */
  List<Long> running(Party party) {
    return switch (party.scope()) {
      case ITSELF -> List.of(party.pid());
      case PROGRAMS -> List.of();
      case TREE -> tree(party.pid());
    };
  }

  /** The process and all below it that run now. */
  private List<Long> tree(long root) {
    Map<Long, List<Long>> children = new HashMap<>();
    entries
        .values()
        .forEach(
            entry ->
                children
                    .computeIfAbsent(entry.parent(), any -> new ArrayList<>())
                    .add(entry.pid()));
    List<Long> found = new ArrayList<>();
    Deque<Long> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      long pid = open.pop();
      if (entries.containsKey(pid)) {
        found.add(pid);
        open.addAll(children.getOrDefault(pid, List.of()));
      }
    }
    return found;
  }
}
