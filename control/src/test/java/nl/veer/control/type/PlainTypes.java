package nl.veer.control.type;

import static nl.veer.control.type.TypeRow.type;

import java.util.List;

/** Addresses, bit strings, and what servers count. */
final class PlainTypes {
  private static final String LARGE_BITS = "repeat('1011', 20000)::";
  private static final String LARGE_SNAPSHOT =
      "('1:100000:' || (SELECT string_agg(i::text, ',') FROM generate_series(2, 3000) i))::";

  static final List<TypeRow> ROWS =
      List.of(
          type("inet")
              .with("10.1.2.3/8", "::ffff:1.2.3.4/96", "::/0")
              .reads("10.1.2.3", "10.1.2.3/32")
              .reads("2001:DB8::1", "2001:db8::1/128"),
          type("cidr").with("10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0"),
          type("macaddr").with("08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"),
          type("macaddr8").with("08:00:2b:01:02:03:04:05", "00:00:00:00:00:00:00:00"),
          type("bit(3)").with("101", "000"),
          type("bit(11)").with("10110111011"),
          type("varbit").with("", "1", "10101010101", "00000000").large(LARGE_BITS + "varbit"),
          type("oid").with("0", "4294967295"),
          type("xid").noKey().with("0", "4294967295"),
          type("xid8").with("0", "18446744073709551615"),
          type("cid").noKey().with("0", "4294967295"),
          type("tid").with("(0,1)", "(4294967295,65535)"),
          type("pg_lsn").with("0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF"),
          type("pg_snapshot")
              .noKey()
              .with("10:20:10,14,15", "1:1:")
              .large(LARGE_SNAPSHOT + "pg_snapshot"),
          type("txid_snapshot")
              .noKey()
              .with("10:20:10,14,15", "1:1:")
              .large(LARGE_SNAPSHOT + "txid_snapshot"),
          type("int2vector").noKey().with("", "1 -2 3"),
          type("oidvector").with("", "1 4294967295"),
          type("refcursor").noKey().with("", "\"cur \u20ac\""));

  private PlainTypes() {}
}
