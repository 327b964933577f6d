package nl.veer.sandbox.workload;

import java.sql.SQLException;
import java.util.OptionalLong;

/** Orders, their lines and payments. */
final class OrderTransactions {
  private static final String AN_ORDER =
      "SELECT id FROM shop.orders WHERE id >= (SELECT (max(id) * ?)::bigint FROM shop.orders)"
          + " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";

  private OrderTransactions() {}

  /** Several tables: an order, its lines in one statement, the stock they take, an event. */
  static void place(ShopSession session, Dice dice) throws SQLException {
    OptionalLong order =
        session.number(
            "INSERT INTO shop.orders (customer_id, placed_at, due, patience, note)"
                + " SELECT id, clock_timestamp(), current_date + ?, make_interval(days => ?), ?"
                + " FROM shop.customers WHERE id >="
                + " (SELECT (max(id) * ?)::bigint FROM shop.customers) ORDER BY id LIMIT 1"
                + " RETURNING id",
            dice.number(30),
            dice.number(5),
            dice.text(),
            dice.place());
    if (order.isEmpty()) {
      return;
    }
    session.run(
        "INSERT INTO shop.order_lines (order_id, line, product_id, quantity, price)"
            + " SELECT ?, row_number() OVER (ORDER BY id), id, ?, price FROM (SELECT id, price FROM"
            + " shop.products WHERE id >= (SELECT (max(id) * ?)::int FROM shop.products)"
            + " ORDER BY id LIMIT ?) p;"
            + " UPDATE shop.stock SET quantity = quantity - 1 WHERE (warehouse, product_id) IN"
            + " (SELECT ?::smallint, product_id FROM shop.order_lines WHERE order_id = ?)",
        order.getAsLong(),
        1 + dice.number(9),
        dice.place(),
        1 + dice.number(5),
        1 + dice.number(2),
        order.getAsLong());
  }

  static void pay(ShopSession session, Dice dice) throws SQLException {
    OptionalLong order = session.number(AN_ORDER, dice.place());
    if (order.isPresent()) {
      session.run(
          "INSERT INTO shop.payments VALUES (?, ?, ?, ?, ?, clock_timestamp() AT TIME ZONE 'UTC');"
              + " UPDATE shop.orders SET state = ?::shop.order_state WHERE id = ?",
          dice.uuid(),
          order.getAsLong(),
          dice.money(),
          dice.chance(50) ? "ideal" : "sepa",
          "W" + dice.unique(),
          dice.chance(80) ? "PAID" : "SENT",
          order.getAsLong());
    }
  }

  /** Deletes the order; lines and payments go by the cascade. */
  static void cancel(ShopSession session, Dice dice) throws SQLException {
    OptionalLong order = session.number(AN_ORDER, dice.place());
    if (order.isPresent()) {
      session.run("DELETE FROM shop.orders WHERE id = ?", order.getAsLong());
    }
  }

  /** Primary keys that all move, over each other's old places. */
  static void renumber(ShopSession session, Dice dice) throws SQLException {
    OptionalLong order = session.number(AN_ORDER, dice.place());
    if (order.isPresent()) {
      session.run(
          "UPDATE shop.order_lines SET line = -line WHERE order_id = ?;"
              + " UPDATE shop.order_lines SET line = -line % 1000 + ? WHERE order_id = ?",
          order.getAsLong(), 1 + dice.number(2), order.getAsLong());
    }
  }
}
