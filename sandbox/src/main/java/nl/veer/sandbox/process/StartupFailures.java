package nl.veer.sandbox.process;

import java.nio.file.Path;
import java.util.Locale;

/** What a server's last words mean, and what to do. */
public final class StartupFailures {
  private StartupFailures() {}

  /**
   * @param words the system's error or the end of the server's log
   */
  public static String explain(String name, String words, Path log) {
    return name + " cannot run: " + advice(words) + " (log: " + log + ")\n" + words;
  }

  private static String advice(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left on device")
        || lower.contains("check free disk space")
        || lower.contains("disk quota exceeded")) {
      return "the disk is full; free some space, or give another directory";
    }
    if (lower.contains("exec format error") || lower.contains("error=8")) {
      return "the binary is for another CPU than this one ("
          + System.getProperty("os.arch")
          + "); build Veer on this machine";
    }
    if (lower.contains("permission denied") || lower.contains("error=13")) {
      return "permission denied; the directory must be writable, its parents passable and its"
          + " file system not mounted noexec";
    }
    if (lower.contains("address already in use")) {
      return "its port was taken in the meantime; start again";
    }
    if (lower.contains("error while loading shared libraries") || lower.contains("not found")) {
      return "a library or program that it needs is missing on this system";
    }
    if (lower.contains("could not map") || lower.contains("cannot allocate memory")) {
      return "not enough memory";
    }
    return "see its last words";
  }
}
