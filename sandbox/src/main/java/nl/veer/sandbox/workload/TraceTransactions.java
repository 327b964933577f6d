package nl.veer.sandbox.workload;

import java.sql.SQLException;

/** What people leave behind: events, carts, and the audit table that has no key. */
final class TraceTransactions {
  private static final String AN_AUDIT_ROW =
      "(SELECT ctid FROM shop.audit OFFSET ? LIMIT 1 FOR UPDATE SKIP LOCKED)";
  private static final int AUDIT_REACH = 2_000;

  private TraceTransactions() {}

  static void browse(ShopSession session, Dice dice) throws SQLException {
    session.run(
        "INSERT INTO shop.events (at, kind, body) SELECT timestamptz '2025-12-01 00:00+00' +"
            + " make_interval(secs => ? + i), 'view', ? FROM generate_series(1, ?) i;"
            + " INSERT INTO shop.carts (customer_id, content) VALUES"
            + " (?, jsonb_build_object('note', ?::text));"
            + " UPDATE shop.carts SET content = content || '{\"seen\": true}'"
            + " WHERE id = (SELECT min(id) FROM shop.carts)",
        dice.number(25_000_000),
        dice.text(),
        1 + dice.number(3),
        dice.number(1000),
        dice.text());
  }

  /** The row goes to another partition: a delete there, an insert here. */
  static void moveEvent(ShopSession session, Dice dice) throws SQLException {
    session.run(
        "UPDATE shop.events SET at = timestamptz '2025-12-01 00:00+00' +"
            + " make_interval(secs => ?) WHERE id = (SELECT id FROM shop.events WHERE id >="
            + " (SELECT (max(id) * ?)::bigint FROM shop.events) ORDER BY id LIMIT 1)",
        dice.number(25_000_000),
        dice.place());
  }

  /** Equal rows come twice; one of them may change or go, and the other must stay. */
  static void audit(ShopSession session, Dice dice) throws SQLException {
    session.run(
        "INSERT INTO shop.audit SELECT clock_timestamp(), 'client', ?, '10.1.2.3/8',"
            + " jsonb_build_object('n', ?::int) FROM generate_series(1, ?)",
        dice.text(),
        dice.number(10),
        1 + dice.number(2));
    if (dice.chance(20)) {
      session.run(
          "UPDATE shop.audit SET action = ? WHERE ctid = " + AN_AUDIT_ROW,
          dice.text(),
          dice.number(AUDIT_REACH));
    }
    if (dice.chance(20)) {
      session.run("DELETE FROM shop.audit WHERE ctid = " + AN_AUDIT_ROW, dice.number(AUDIT_REACH));
    }
  }
}
