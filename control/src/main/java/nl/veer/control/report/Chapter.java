package nl.veer.control.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What another part of Veer adds to a report: a table of texts.
 *
 * @param none what is said where there are no rows
 * @param rows each as long as the columns; never a row's values
 */
public record Chapter(String title, String none, List<String> columns, List<List<String>> rows) {

  public Chapter {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Reads it from the records at home, in a transaction that only reads. */
  public interface Source {
    Chapter read(Connection home, String migration) throws SQLException;
  }
}
