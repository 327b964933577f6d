package nl.veer.benchmarks.ground;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Changes that a source makes before or while they are carried: of one kind, in transactions of one
 * size.
 *
 * @param rows that are changed, from 1 on
 * @param perTransaction how many of them in each
 */
public record Writing(Kind kind, long rows, int perTransaction) {

  /** What is done to each row. */
  public enum Kind {
    INSERTS,
    UPDATES,
    DELETES;

    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What must stand in the table before, on both sides. */
  public long rowsBefore() {
    return kind == Kind.INSERTS ? 0 : rows;
  }

  /** Writes all of it over one session, which does not wait for the disk: nobody times it. */
  public void write(Crossing crossing) throws SQLException {
    try (Connection connection = crossing.world().source().connect(crossing.database());
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      for (long id = 1; id <= rows; id += perTransaction) {
        statement.execute(sql(crossing.shape(), id, Math.min(rows, id + perTransaction - 1)));
      }
    }
  }

  private String sql(Shape shape, long from, long to) {
    return switch (kind) {
      case INSERTS -> shape.insert(from, to);
      case UPDATES -> shape.update(from, to);
      case DELETES -> shape.delete(from, to);
    };
  }

  /** Yields true on a side that has taken the last of it. */
  public String isThere(Shape shape) {
    return switch (kind) {
      case INSERTS -> "SELECT count(*) = 1 FROM %s WHERE id = %d".formatted(shape.name(), rows);
      case UPDATES ->
          "SELECT count(*) = 1 FROM %s WHERE id = %d AND %s"
              .formatted(shape.name(), rows, shape.changed());
      case DELETES -> "SELECT count(*) = 0 FROM %s WHERE id = %d".formatted(shape.name(), rows);
    };
  }
}
