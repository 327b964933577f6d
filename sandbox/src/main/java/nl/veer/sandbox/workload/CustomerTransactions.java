package nl.veer.sandbox.workload;

import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Customers and their addresses. */
final class CustomerTransactions {
  private static final String A_CUSTOMER =
      "SELECT id FROM shop.customers WHERE id >="
          + " (SELECT (max(id) * ?)::bigint FROM shop.customers)"
          + " ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED";

  private CustomerTransactions() {}

  static void register(ShopSession session, Dice dice) throws SQLException {
    session.run(
        "WITH fresh AS (INSERT INTO shop.customers"
            + " (email, name, balance, tags, profile, rating, created_at)"
            + " VALUES (?, ?, ?, ARRAY[?, NULL, ?], jsonb_build_object('note', ?::text), ?,"
            + " clock_timestamp()) RETURNING id)"
            + " INSERT INTO shop.addresses SELECT id, 'home', ?, 'Den Haag', '2511 AB', '08:30:00.5'"
            + " FROM fresh",
        "w" + dice.unique() + "@example.nl",
        dice.text(),
        dice.money(),
        dice.text(),
        dice.text(),
        dice.text(),
        dice.chance(5) ? Float.NaN : dice.number(500) / 100f,
        dice.text());
  }

  /** A customer without orders goes, with the addresses. */
  static void leave(ShopSession session, Dice dice) throws SQLException {
    session.run(
        "DELETE FROM shop.customers WHERE id = (SELECT id FROM shop.customers c WHERE id >="
            + " (SELECT (max(id) * ?)::bigint FROM shop.customers) AND NOT EXISTS"
            + " (SELECT FROM shop.orders WHERE customer_id = c.id)"
            + " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)",
        dice.place());
  }

  static void edit(ShopSession session, Dice dice) throws SQLException {
    OptionalLong customer = session.number(A_CUSTOMER, dice.place());
    if (customer.isPresent()) {
      session.run(
          "UPDATE shop.customers SET balance = balance + ?, active = NOT active,"
              + " profile = CASE WHEN ? THEN NULL ELSE coalesce(profile, '{}') ||"
              + " jsonb_build_object('last', ?::text) END, tags = tags[1:4] || ?::text WHERE id = ?",
          dice.number(1000),
          dice.chance(5),
          dice.text(),
          dice.text(),
          customer.getAsLong());
    }
  }

  /** Two rows exchange a unique value, in three steps, through a value that nobody has. */
  static void swapBadges(ShopSession session, Dice dice) throws SQLException {
    OptionalLong one = session.number(A_CUSTOMER, dice.place());
    OptionalLong other = session.number(A_CUSTOMER, dice.place());
    if (one.isEmpty() || other.isEmpty() || one.getAsLong() == other.getAsLong()) {
      return;
    }
    swap(session, one.getAsLong(), other.getAsLong());
  }

  private static void swap(ShopSession session, long a, long b) throws SQLException {
    Integer badgeOfA = badge(session, a);
    Integer badgeOfB = badge(session, b);
    session.run(
        "UPDATE shop.customers SET badge = ? WHERE id = ?;"
            + " UPDATE shop.customers SET badge = ? WHERE id = ?;"
            + " UPDATE shop.customers SET badge = ? WHERE id = ?",
        (int) -a,
        a,
        badgeOfA,
        b,
        badgeOfB,
        a);
  }

  private static @Nullable Integer badge(ShopSession session, long customer) throws SQLException {
    OptionalLong badge = session.number("SELECT badge FROM shop.customers WHERE id = ?", customer);
    return badge.isPresent() ? (int) badge.getAsLong() : null;
  }

  /** A part of the primary key changes. */
  static void relabelAddress(ShopSession session, Dice dice) throws SQLException {
    OptionalLong customer = session.number(A_CUSTOMER, dice.place());
    if (customer.isPresent()) {
      session.run(
          "UPDATE shop.addresses SET label = 'place ' || ?, street = ? WHERE customer_id = ?"
              + " AND label = (SELECT min(label) FROM shop.addresses WHERE customer_id = ?)",
          dice.unique(),
          dice.text(),
          customer.getAsLong(),
          customer.getAsLong());
    }
  }
}
