package nl.veer.control.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a report says. What is signed is its JSON, byte for byte; the page shows the same. A
 * row's values are never in it: rows are named by the digest of their key.
 *
 * @param format of this document
 * @param madeAt by the target's clock
 * @param verdict of all waves, on the legs that they are on: EQUAL, DIFFERENT or UNKNOWN
 * @param words why it is UNKNOWN, or what the verdict bounds; for people
 * @param waves of each wave the leg that it is on, then its earlier legs, the last one first
 * @param leftOut tables of the source that are in no wave
 * @param leftOutUnknown why the source's other tables are not known; null if they are
 * @param tolerances declared differences that are none
 * @param allListed whether there are no more incidents than those listed
 */
public record ReportDocument(
    String format,
    String veer,
    String migration,
    String madeAt,
    String verdict,
    String words,
    Side source,
    Side target,
    Configuration configuration,
    List<WaveSection> waves,
    List<Leftover> leftOut,
    @Nullable String leftOutUnknown,
    List<String> tolerances,
    List<Incident> incidents,
    boolean allListed,
    List<Chapter> chapters,
    AuditSection audit) {

  /** The form that this Veer writes. */
  public static final String FORMAT = "veer report 1";

  public ReportDocument {
    waves = List.copyOf(waves);
    leftOut = List.copyOf(leftOut);
    tolerances = List.copyOf(tolerances);
    incidents = List.copyOf(incidents);
    chapters = List.copyOf(chapters);
  }

  /**
   * A database.
   *
   * @param server its version; null if it could not be asked
   * @param unread why it could not; null if it could
   */
  public record Side(String url, @Nullable String server, @Nullable String unread) {}

  /**
   * The file that the migration is described in.
   *
   * @param sha256 of its bytes, in hexadecimal; secrets that stand in other files are not in it
   */
  public record Configuration(String file, String sha256) {}

  /**
   * What was found ever, by the ledger or a scan, and how it ended.
   *
   * @param leg how often the wave was cut over before
   * @param by {@code ledger} or {@code scan}
   * @param kind the finding's code, or what sort of difference
   * @param key digest of the row's key; empty if it is not of one row
   * @param source the source's position; null if there is none
   * @param target of a finding the target's own position; of a difference the source's position
   *     that the target held; null if there is none
   * @param state OPEN, CLOSED, REPAIRED or GONE
   * @param culprit who made it; null as long as nobody has asked
   * @param closedBy null while it is open
   */
  public record Incident(
      String wave,
      int leg,
      String by,
      long id,
      String kind,
      String table,
      String key,
      List<String> columns,
      long rows,
      String what,
      @Nullable String source,
      @Nullable String target,
      String foundAt,
      String state,
      @Nullable String culprit,
      @Nullable String blame,
      @Nullable String closedBy,
      @Nullable String closedAt) {

    public Incident {
      columns = List.copyOf(columns);
    }
  }
}
