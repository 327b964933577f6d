package nl.veer.benchmarks;

/**
 * A table to measure with, and the SQL that fills and changes it. Ids run from 1.
 *
 * @param columns the columns behind the key, as DDL
 * @param values the expressions that fill them, over {@code i}
 * @param change the assignment of an update
 */
record Shape(String name, String columns, String values, String change) {

  /** A key, a number and a short text: about 30 bytes. */
  static final Shape NARROW =
      new Shape(
          "narrow",
          "amount int NOT NULL, label text NOT NULL",
          "i % 1000, 'row ' || i",
          "amount = amount + 1");

  /** Twenty columns of everyday types: about 400 bytes. */
  static final Shape WIDE =
      new Shape(
          "wide",
          """
          a1 int, a2 bigint, a3 numeric(12,2), a4 double precision, a5 boolean, a6 date,
          a7 timestamptz, a8 timestamp, a9 uuid, a10 text, a11 text, a12 text, a13 jsonb, a14 int,
          a15 int, a16 bigint, a17 varchar(40), a18 varchar(40), a19 text\
          """,
          """
          i, i * 1000, i / 100.0, i / 3.0, i % 2 = 0, DATE '2020-01-01' + (i % 1000)::int,
          TIMESTAMPTZ '2020-01-01Z' + i * INTERVAL '1 second',
          TIMESTAMP '2020-01-01' + i * INTERVAL '1 second',
          md5(i::text)::uuid, repeat('x', 20), repeat('y', 40), md5(i::text),
          jsonb_build_object('id', i, 'tags', jsonb_build_array('a', 'b')), i, i, i,
          'street ' || i, 'town ' || i, NULL\
          """,
          "a2 = a2 + 1, a10 = 'changed'");

  String create() {
    return "CREATE TABLE " + name + " (id bigint PRIMARY KEY, " + columns + ")";
  }

  /** Inserts the rows {@code from … to}, both inclusive. */
  String insert(long from, long to) {
    return "INSERT INTO %s SELECT i, %s FROM generate_series(%d::bigint, %d) AS i"
        .formatted(name, values, from, to);
  }

  String update(long from, long to) {
    return "UPDATE %s SET %s WHERE id BETWEEN %d AND %d".formatted(name, change, from, to);
  }

  String delete(long from, long to) {
    return "DELETE FROM %s WHERE id BETWEEN %d AND %d".formatted(name, from, to);
  }
}
