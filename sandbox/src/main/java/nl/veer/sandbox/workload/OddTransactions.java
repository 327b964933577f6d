package nl.veer.sandbox.workload;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.OptionalLong;

/** Shapes that are rare in life and easy to get wrong. */
final class OddTransactions {
  private static final double PONDER_SECONDS = 0.3;
  private static final String AN_EVENT =
      "INSERT INTO shop.events (at, kind, body) VALUES (clock_timestamp(), ?, ?)";

  private OddTransactions() {}

  /** Work that is rolled back to a savepoint, one that fails, and one that is kept. */
  static void savepoints(ShopSession session, Dice dice) throws SQLException {
    session.run(AN_EVENT, "kept", dice.text());
    Savepoint first = session.savepoint();
    session.run(AN_EVENT, "undone", dice.text());
    CustomerTransactions.edit(session, dice);
    session.rollbackTo(first);
    Savepoint second = session.savepoint();
    try {
      session.run(
          "INSERT INTO shop.customers (id, email, name, created_at) OVERRIDING SYSTEM VALUE"
              + " SELECT id, email, name, now() FROM shop.customers ORDER BY id LIMIT 1");
    } catch (SQLException duplicate) {
      session.rollbackTo(second);
    }
    session.run(AN_EVENT, "kept too", dice.text());
  }

  /** The same keys come, change and go several times in one transaction. */
  static void backAndForth(ShopSession session, Dice dice) throws SQLException {
    String email = "brief" + dice.unique() + "@example.nl";
    session.run(
        "INSERT INTO shop.customers (email, name, created_at) VALUES (?, 'brief', now());"
            + " UPDATE shop.customers SET name = ? WHERE email = ?;"
            + " DELETE FROM shop.customers WHERE email = ?",
        email,
        dice.text(),
        email,
        email);
    OptionalLong customer =
        session.number(
            "SELECT id FROM shop.customers WHERE id >="
                + " (SELECT (max(id) * ?)::bigint FROM shop.customers)"
                + " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
            dice.place());
    if (customer.isPresent()) {
      session.run(
          "DELETE FROM shop.addresses WHERE customer_id = ? AND label = 'shuttle';"
              + " INSERT INTO shop.addresses VALUES (?, 'shuttle', ?, 'Ede', NULL, NULL);"
              + " DELETE FROM shop.addresses WHERE customer_id = ? AND label = 'shuttle';"
              + " INSERT INTO shop.addresses VALUES (?, 'shuttle', ?, 'Ede', '', '23:59:59.999999')",
          customer.getAsLong(),
          customer.getAsLong(),
          dice.text(),
          customer.getAsLong(),
          customer.getAsLong(),
          dice.text());
    }
  }

  /** Its first change is far before its commit: others begin later and commit earlier. */
  static void ponder(ShopSession session, Dice dice) throws SQLException {
    session.run(AN_EVENT, "pondered", dice.text());
    CustomerTransactions.edit(session, dice);
    session.any("SELECT pg_sleep(?)", PONDER_SECONDS);
    OrderTransactions.place(session, dice);
  }

  /** Everything is rolled back in the end. */
  static void giveUp(ShopSession session, Dice dice) throws SQLException {
    OrderTransactions.place(session, dice);
    CatalogTransactions.rewriteToast(session, dice);
    session.run(AN_EVENT, "never", dice.text());
  }

  /** Rows before and after a TRUNCATE in the same transaction. */
  static void truncate(ShopSession session, Dice dice) throws SQLException {
    String cart = "INSERT INTO shop.carts (customer_id, content) VALUES (?, '{\"fresh\": true}')";
    session.run("LOCK TABLE shop.carts IN ACCESS EXCLUSIVE MODE");
    session.run(cart, dice.number(1000));
    session.run("TRUNCATE shop.carts");
    session.run(cart, dice.number(1000));
  }

  /** Fills shop.imports, then changes all of it, then empties it: a third at each call. */
  static void huge(ShopSession session, Dice dice) throws SQLException {
    session.run("LOCK TABLE shop.imports IN EXCLUSIVE MODE");
    OptionalLong batch = session.number("SELECT max(batch) FROM shop.imports");
    if (batch.isEmpty()) {
      session.run(
          "INSERT INTO shop.imports SELECT i, 1, 'import ' || md5(i::text), i % 1000 / 100.0"
              + " FROM generate_series(1, ?) i",
          session.hugeRows());
    } else if (batch.getAsLong() == 1) {
      session.run("UPDATE shop.imports SET batch = 2, amount = amount + 1");
    } else {
      session.run("DELETE FROM shop.imports");
    }
  }
}
