package nl.veer.sandbox.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * The shop's tables: foreign and unique keys, sequences, identity and generated columns, an enum,
 * jsonb, arrays, TOASTed text, a table without a key, a partitioned one. Source and target get the
 * same.
 */
public final class ShopSchema {
  /** The database schema that everything is in. */
  public static final String NAME = "shop";

  /** The tables, partitioned ones by their root. */
  public static final List<String> TABLES =
      List.of(
          "customers",
          "addresses",
          "products",
          "stock",
          "orders",
          "order_lines",
          "payments",
          "carts",
          "audit",
          "events",
          "imports",
          "commits");

  private ShopSchema() {}

  /** Whether the database has the shop already. */
  public static boolean exists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT to_regclass('shop.commits') IS NOT NULL")) {
      return found.next() && found.getBoolean(1);
    }
  }

  /** Creates the empty shop, whole or not at all. */
  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(script("shop-schema.sql"));
    }
  }

  static String script(String name) {
    try (InputStream script =
        Objects.requireNonNull(ShopSchema.class.getResourceAsStream(name), name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
