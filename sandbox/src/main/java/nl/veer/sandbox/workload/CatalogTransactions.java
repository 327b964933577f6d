package nl.veer.sandbox.workload;

import java.sql.SQLException;
import java.util.OptionalLong;

/** Products with their long texts, and where they lie. */
final class CatalogTransactions {
  private static final int SHORTEST_TOAST = 3_000;
  private static final int TOAST_SPREAD = 6_000;
  private static final String A_PRODUCT =
      "SELECT id FROM shop.products WHERE id >= (SELECT (max(id) * ?)::int FROM shop.products)"
          + " ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED";

  private CatalogTransactions() {}

  /** The long text stays as it is: the WAL does not carry it. */
  static void editBesideToast(ShopSession session, Dice dice) throws SQLException {
    session.run(
        "UPDATE shop.products SET price = ?, margin = margin * 1.10, name = ?,"
            + " attributes = attributes || jsonb_build_object('edition', ?::int)"
            + " WHERE id = (SELECT id FROM shop.products WHERE id >="
            + " (SELECT (max(id) * ?)::int FROM shop.products) ORDER BY id LIMIT 1)",
        dice.money(),
        dice.text(),
        dice.number(1000),
        dice.place());
  }

  static void rewriteToast(ShopSession session, Dice dice) throws SQLException {
    session.run(
        "UPDATE shop.products SET description = ?, photo = ?, sku = ?"
            + " WHERE id = (SELECT id FROM shop.products WHERE id >="
            + " (SELECT (max(id) * ?)::int FROM shop.products) ORDER BY id LIMIT 1)",
        dice.chance(20) ? dice.text() : dice.noise(SHORTEST_TOAST + dice.number(TOAST_SPREAD)),
        dice.chance(50) ? null : dice.bytes(SHORTEST_TOAST),
        "W-" + dice.unique(),
        dice.place());
  }

  /** A part of the primary key changes. */
  static void moveStock(ShopSession session, Dice dice) throws SQLException {
    OptionalLong product = session.number(A_PRODUCT, dice.place());
    if (product.isPresent()) {
      int to = 1 + dice.number(99);
      session.run(
          "UPDATE shop.stock SET warehouse = ?::smallint WHERE product_id = ? AND warehouse ="
              + " (SELECT max(warehouse) FROM shop.stock WHERE product_id = ?) AND NOT EXISTS"
              + " (SELECT FROM shop.stock WHERE product_id = ? AND warehouse = ?::smallint)",
          to,
          (int) product.getAsLong(),
          (int) product.getAsLong(),
          (int) product.getAsLong(),
          to);
    }
  }

  /** A product's two places exchange their unique shelves, through a value that nobody has. */
  static void swapShelves(ShopSession session, Dice dice) throws SQLException {
    OptionalLong product = session.number(A_PRODUCT, dice.place());
    if (product.isPresent()) {
      int id = (int) product.getAsLong();
      session.run(
          "UPDATE shop.stock SET shelf = 'moving ' || shelf WHERE product_id = ?;"
              + " UPDATE shop.stock s SET shelf = substr(o.shelf, 8) FROM shop.stock o"
              + " WHERE s.product_id = ? AND o.product_id = s.product_id"
              + " AND o.warehouse <> s.warehouse",
          id,
          id);
    }
  }
}
