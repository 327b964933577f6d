package nl.veer.control.type;

import static nl.veer.control.type.TypeRow.type;

import java.util.List;

/** Numbers. A float that is not a number has one text; which bits it had, that does not say. */
final class NumberTypes {
  static final List<TypeRow> ROWS =
      List.of(
          type("bool").reads("t", "true").reads("off", "false"),
          type("int2").with("-32768", "0", "32767"),
          type("int4").with("-2147483648", "0", "2147483647"),
          type("int8").with("-9223372036854775808", "0", "9223372036854775807"),
          type("float4")
              .with("NaN", "-Infinity", "Infinity", "-0", "0", "0.1", "1e-45", "1.1754942e-38")
              .with("1.6777216e+07", "3.4028235e+38", "-3.4028235e+38")
              .reads("1.17549435e-38", "1.1754944e-38"),
          type("float8")
              .with("NaN", "-Infinity", "Infinity", "-0", "0", "0.1", "5e-324")
              .with("2.225073858507201e-308", "2.2250738585072014e-308", "0.30000000000000004")
              .with("1.7976931348623157e+308", "-1.7976931348623157e+308", "-1.5e-07"),
          type("numeric")
              .with("NaN", "Infinity", "-Infinity", "0", "0.00", "1.10", "1.1", "-1.100")
              .with("1234567890".repeat(100), "-0." + "0123456789".repeat(100))
              .reads("1e-16383", "0." + "0".repeat(16382) + "1")
              .reads("-1e131071", "-1" + "0".repeat(131071))
              .large("(repeat('1234567890', 1000) || '.50')::numeric"),
          type("numeric(10,3)").with("NaN", "-9999999.999", "0.100").reads("2", "2.000"),
          type("numeric(3,-2)").with("12300", "-99900").reads("149", "100"),
          type("numeric(3,5)").with("0.00999", "-0.00001"),
          type("money")
              .reads("92233720368547758.07", "$92,233,720,368,547,758.07")
              .reads("-92233720368547758.08", "-$92,233,720,368,547,758.08")
              .reads("0.01", "$0.01")
              .reads("0", "$0.00"));

  private NumberTypes() {}
}
