package nl.veer.verifier.ledger;

import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.digest.Digest128;
import org.jspecify.annotations.Nullable;

/**
 * A difference between log and echo.
 *
 * @param table null where the finding is not of one table
 * @param key digest of the row's key, or of the whole row where the table has none; null where the
 *     finding is not of one row
 * @param keyText the key's columns and values; they are a row's values and must reach no log
 * @param columns whose values differ; empty where the row as a whole does
 * @param inLog what the log did to the row, over the stamped transactions
 * @param inEcho what the target transaction did to it
 * @param rows more than one only where equal rows of a table without a key differ in number
 * @param what for people, without values
 */
public record Imbalance(
    Kind kind,
    @Nullable TableId table,
    @Nullable Digest128 key,
    String keyText,
    List<String> columns,
    Outcome inLog,
    Outcome inEcho,
    long rows,
    Where log,
    Where echo,
    String what) {

  /** What is wrong. */
  public enum Kind {
    /** The log changes it, the target did not. */
    LOST("LEDGER_LOST"),
    /** The target changed it in a stamped transaction, the log does not. */
    EXTRA("LEDGER_EXTRA"),
    /** Both change it, to something else. */
    DIFFERENT_VALUES("LEDGER_VALUE"),
    /** A target transaction changed it that no stamp, load or repair explains. */
    FOREIGN_WRITER("FOREIGN_WRITER"),
    /** The stamp does not move as the log does. */
    STAMP("LEDGER_STAMP"),
    /** Log or echo are not gapless. */
    NUMBERING("LEDGER_NUMBERING");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** Of the incident, as the runbook has it. */
    public String code() {
      return code;
    }
  }

  /** What became of a row, or of a table. */
  public enum Outcome {
    NONE,
    PRESENT,
    DELETED,
    TRUNCATED
  }

  /** The same finding has the same, however often it is found. */
  public record Identity(
      long echoTransaction, Kind kind, @Nullable TableId table, @Nullable Digest128 key) {}

  public Imbalance {
    columns = List.copyOf(columns);
  }

  public Identity identity() {
    return new Identity(echo.place() == null ? 0 : echo.place().transaction(), kind, table, key);
  }

  /** Never the key's values: they must not reach a log. */
  @Override
  public String toString() {
    return "%s of %s, key %s, columns %s, log %s, echo %s: %s"
        .formatted(kind, table, key, columns, log.place(), echo.place(), what);
  }
}
