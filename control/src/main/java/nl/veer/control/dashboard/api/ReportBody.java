package nl.veer.control.dashboard.api;

import java.util.List;
import nl.veer.control.dashboard.view.SignedFiles;
import org.jspecify.annotations.Nullable;

/**
 * The migration's certificate as it is now; it is made when it is asked for, and is the same for a
 * minute.
 *
 * @param madeAt by the target's clock
 * @param verdict EQUAL, DIFFERENT or UNKNOWN
 * @param words what it bounds, or why it is UNKNOWN
 * @param key fingerprint of the key that signed
 * @param auditEntries how many the audit log has
 * @param auditHead the audit log's last hash; null if it has no entry
 * @param files where it is downloaded
 */
public record ReportBody(
    String migration,
    String madeAt,
    String verdict,
    String words,
    String key,
    long auditEntries,
    @Nullable String auditHead,
    List<File> files) {

  public ReportBody {
    files = List.copyOf(files);
  }

  /** One form of it. */
  public record File(String format, String path) {}

  /**
   * @param path that the files' own paths begin with
   */
  public static ReportBody of(SignedFiles report, String path) {
    return new ReportBody(
        report.migration(),
        report.madeAt(),
        report.verdict(),
        report.words(),
        report.key(),
        report.auditEntries(),
        report.auditHead(),
        List.of(new File("json", path + "/json"), new File("html", path + "/html")));
  }
}
