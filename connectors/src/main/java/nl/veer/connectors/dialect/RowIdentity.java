package nl.veer.connectors.dialect;

import java.util.List;

/**
 * How the source's log identifies the row that it changed.
 *
 * @param wholeBefore whether before images hold every column (REPLICA IDENTITY FULL), not only the
 *     key's
 * @param key names of the columns that identify a row, in key order; empty if only the whole row
 *     does
 */
public record RowIdentity(boolean wholeBefore, List<String> key) {

  public RowIdentity {
    key = List.copyOf(key);
  }
}
