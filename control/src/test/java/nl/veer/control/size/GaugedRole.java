package nl.veer.control.size;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleLaunch;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.process.Programs;

/**
 * A role's process whose memory is read from outside: what Linux says of the process, and what its
 * garbage collector writes into a log. It ends at the first OutOfMemoryError. Owned by the test's
 * thread.
 */
final class GaugedRole {
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
  private static final long KIB_PER_MIB = 1024;

  private final RoleProcess process;
  private final Path collections;
  private final String heap;

  private GaugedRole(RoleProcess process, Path collections, String heap) {
    this.process = process;
    this.collections = collections;
    this.heap = heap;
  }

  static GaugedRole start(RoleHome home, Role role, String heap) {
    Path collections = home.directory().resolve(role.word() + "-" + System.nanoTime() + ".gc");
    RoleLaunch launch =
        RoleLaunch.of(role)
            .withHeap(heap)
            .withJvmArguments("-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + collections);
    return new GaugedRole(home.start(launch), collections, heap);
  }

  RoleProcess process() {
    return process;
  }

  /** Memory of the whole process now, heap and all else. */
  long residentMiB() {
    return status("VmRSS");
  }

  /** The most memory that the process ever had. */
  long peakResidentMiB() {
    return status("VmHWM");
  }

  private long status(String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith(field + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / KIB_PER_MIB;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left of the heap after a full collection, which this call makes. */
  long liveMiB() {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Programs.Result ran = Programs.run(List.of(jcmd, "" + process.pid(), "GC.run"));
    if (!ran.succeeded()) {
      throw new AssertionError("No collection: " + ran.output());
    }
    return collections(2, "Pause Full").reduce(0L, (before, last) -> last);
  }

  /** The most that the heap held when a collection began. */
  long peakHeapMiB() {
    return collections(1, "Pause").max(Long::compare).orElse(0L);
  }

  private Stream<Long> collections(int group, String what) {
    try {
      return Files.readAllLines(collections).stream()
          .filter(line -> line.contains(what))
          .map(COLLECTION::matcher)
          .filter(Matcher::find)
          .map(found -> Long.valueOf(found.group(group)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For people. */
  String peaks() {
    return "%s -Xmx%s: peak heap %d MiB, peak process %d MiB"
        .formatted(process.role().word(), heap, peakHeapMiB(), peakResidentMiB());
  }
}
