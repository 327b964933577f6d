package nl.veer.control.type;

import static nl.veer.control.type.TypeRow.type;

import java.util.List;

/** Dates and times, from the first to the last that PostgreSQL has. */
final class TimeTypes {
  static final List<TypeRow> ROWS =
      List.of(
          type("date")
              .with("-infinity", "infinity", "4714-11-24 BC", "0001-12-31 BC", "0001-01-01")
              .with("1582-10-10", "1970-01-01", "2024-02-29", "10000-01-01", "5874897-12-31"),
          type("time").with("00:00:00", "24:00:00", "23:59:59.999999", "00:00:00.000001"),
          type("time(0)").reads("12:34:56.7", "12:34:57"),
          type("timetz")
              .with("24:00:00-12", "12:00:00.000001+05:30", "01:02:03+01:02:03")
              .with("00:00:00-15:59:59", "00:00:00+15:59:59")
              .reads("00:00+14", "00:00:00+14"),
          type("timestamp")
              .with("-infinity", "infinity", "4714-11-24 00:00:00 BC", "0001-12-31 23:59:59.5 BC")
              .with("1969-12-31 23:59:59.999999", "1970-01-01 00:00:00", "2024-03-31 02:30:00")
              .with("294247-01-08 23:59:59.999999", "294247-01-09 00:00:00")
              .with("294247-01-10 04:00:25.2", "294247-01-10 04:00:54.775807")
              .with("294247-01-10 04:00:54.775808", "294276-12-31 23:59:59.999999"),
          type("timestamp(3)").reads("2024-01-01 00:00:00.1239", "2024-01-01 00:00:00.124"),
          type("timestamptz")
              .with("-infinity", "infinity", "4714-11-24 00:00:00+00 BC")
              .with("0001-01-01 00:00:00+00 BC", "1970-01-01 00:00:00.000001+00")
              .with("294247-01-10 04:00:54.775808+00", "294276-12-31 23:59:59.999999+00")
              .reads("1900-01-01 00:00:00+00:19:32", "1899-12-31 23:40:28+00")
              .reads("2024-03-31 02:30:00 Europe/Amsterdam", "2024-03-31 01:30:00+00")
              .reads("2024-10-27 02:30:00+02", "2024-10-27 00:30:00+00")
              .reads("2024-10-27 02:30:00.5 Europe/Amsterdam", "2024-10-27 01:30:00.5+00"),
          type("interval")
              .with("infinity", "-infinity", "-1 mons +1 day -00:00:00.000001")
              .with("1 year 2 mons -3 days +04:05:06.7", "-178956970 years -8 mons")
              .with("178956970 years 7 mons", "2147483647 days", "-2147483648 days")
              .with("2562047788:00:54.775807", "-2562047788:00:54.775807")
              .reads("0", "00:00:00")
              .reads("1 mon 30 days 24 hours", "1 mon 30 days 24:00:00"),
          type("interval year to month").reads("1 year 2 mons 3 days", "1 year 2 mons"));

  private TimeTypes() {}
}
