package nl.veer.control.type;

import static nl.veer.control.type.TypeRow.type;

import java.util.List;

/** Ranges and multiranges that the server has. */
final class RangeTypes {
  static final List<TypeRow> ROWS =
      List.of(
          type("int4range").with("empty", "(,)").reads("[1,9]", "[1,10)"),
          type("int8range").with("[-9223372036854775808,9223372036854775807)"),
          type("numrange")
              .with("empty", "[1.10,)", "[1.1,)", "(0,NaN]")
              .large("numrange(repeat('1234567890', 1000)::numeric, NULL)"),
          type("tsrange")
              .with("[\"294276-12-31 00:00:00\",infinity]", "(,\"4714-11-24 00:00:00 BC\"]"),
          type("tstzrange")
              .with("[\"2024-01-01 00:00:00+00\",infinity)")
              .reads("[2024-10-27 02:30+02,)", "[\"2024-10-27 00:30:00+00\",)"),
          type("daterange")
              .with("[2024-01-01,infinity)")
              .reads("[,5874897-12-30]", "(,5874897-12-31)"),
          type("int4multirange").with("{}", "{(,)}").reads("{[1,2],[7,9),[3,4]}", "{[1,5),[7,9)}"),
          type("int8multirange").with("{[1,2),[9223372036854775806,9223372036854775807)}"),
          type("nummultirange")
              .with("{[1.10,2.00),(2.00,)}")
              .large("(SELECT range_agg(numrange(i, i + 0.50)) FROM generate_series(1, 2000) i)"),
          type("tsmultirange").with("{[\"0001-01-01 00:00:00 BC\",\"294276-12-31 00:00:00\")}"),
          type("tstzmultirange").with("{[\"2024-01-01 00:00:00+00\",infinity)}"),
          type("datemultirange").with("{[2024-01-01,2024-01-02),[2024-02-01,)}"));

  private RangeTypes() {}
}
