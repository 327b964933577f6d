package nl.veer.sandbox.workload;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The shop's first rows, made inside the database. A row is a function of the seed and its number:
 * the same seed gives the same shop, byte for byte.
 *
 * @param seed what tells one shop from another
 * @param customers rows of shop.customers; all tables together have about 20 times as many
 */
public record ShopFill(long seed, int customers) {
  private static final int ROWS_PER_CUSTOMER = 20;
  private static final int FEWEST_CUSTOMERS = 10;

  public ShopFill {
    if (customers < FEWEST_CUSTOMERS) {
      throw new IllegalArgumentException("A shop needs " + FEWEST_CUSTOMERS + " customers or more");
    }
  }

  /** A shop of about this many rows in all. */
  public static ShopFill ofRows(long seed, long rows) {
    return new ShopFill(
        seed, Math.max(FEWEST_CUSTOMERS, Math.toIntExact(rows / ROWS_PER_CUSTOMER)));
  }

  /**
   * Makes the shop on both sides, and fills the source; a side that has it stays as it is. The
   * source's is made and filled in one transaction, so that one that is there is whole.
   *
   * @return the number of rows filled in; 0 if they were there
   */
  public long found(Connection source, Connection target) throws SQLException {
    if (!ShopSchema.exists(target)) {
      ShopSchema.create(target);
    }
    if (ShopSchema.exists(source)) {
      return 0;
    }
    source.setAutoCommit(false);
    ShopSchema.create(source);
    long rows = fill(source);
    source.commit();
    source.setAutoCommit(true);
    return rows;
  }

  /**
   * Fills the empty shop in one transaction.
   *
   * @return the number of rows
   */
  public long fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
      statement.execute(
          ShopSchema.script("shop-fill.sql")
              .replace("${seed}", Long.toString(seed))
              .replace("${customers}", Integer.toString(customers)));
      return rows(statement);
    }
  }

  private static long rows(Statement statement) throws SQLException {
    long rows = 0;
    for (String table : ShopSchema.TABLES) {
      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM shop." + table)) {
        count.next();
        rows += count.getLong(1);
      }
    }
    return rows;
  }
}
