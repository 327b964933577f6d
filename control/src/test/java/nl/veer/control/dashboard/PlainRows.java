package nl.veer.control.dashboard;

import java.util.List;
import nl.veer.control.dashboard.view.Cause;
import nl.veer.control.dashboard.view.Causes;
import nl.veer.control.dashboard.view.KeyEvent;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.ShownRow;

/** A shop's rows that differ: of each cause, and of each end of a search, one. */
public final class PlainRows {
  /** Of a row whose whole history is known. */
  public static final String KEY = "00112233445566778899aabbccddeeff";

  /** Of a row of which only the newest part of the log was read. */
  public static final String FAR_KEY = "ffeeddccbbaa99887766554433221100";

  private static final String FIRST = "2026-11-29T16:02:11.004Z";
  private static final String LAST = "2026-11-29T17:59:59.250Z";

  private PlainRows() {}

  static Causes causes(boolean closed) {
    Cause values =
        new Cause(
            "main",
            "SCAN",
            "VALUES",
            "public.orders",
            "note",
            "Rows that hold other values on the target.",
            1,
            2,
            0,
            1,
            4,
            3,
            8,
            FIRST,
            LAST,
            null,
            null,
            "veer diff --wave main --table public.orders",
            new Cause.Example(7, KEY));
    Cause missing =
        new Cause(
            "main",
            "SCAN",
            "MISSING",
            "public.order_lines",
            null,
            "Rows that the target lacks.",
            0,
            0,
            2,
            0,
            0,
            2,
            2,
            FIRST,
            FIRST,
            "APPLY",
            "The log has an insert of it (transaction 4711 at 0/5D1A9F20, committed "
                + FIRST
                + ").",
            "veer repair --wave main --table public.order_lines",
            new Cause.Example(9, FAR_KEY));
    Cause foreign =
        new Cause(
            "main",
            "LEDGER",
            "FOREIGN_WRITE",
            PlainView.HOSTILE,
            "note, price",
            "A row was written.",
            0,
            0,
            1,
            0,
            0,
            1,
            1,
            LAST,
            LAST,
            "FOREIGN_WRITER",
            "Its transaction on the target carries no stamp.",
            "veer scan --wave main --table 'we/ird.100% \"Or;der\"? <b>&#é'",
            new Cause.Example(3, KEY));
    Cause extra =
        new Cause(
            "main",
            "SCAN",
            "EXTRA",
            "public.orders",
            null,
            "Rows that only the target has.",
            0,
            0,
            0,
            1,
            3,
            0,
            4,
            FIRST,
            LAST,
            null,
            null,
            "veer scan --wave main --table public.orders",
            new Cause.Example(5, FAR_KEY));
    return new Causes(
        closed ? List.of(values, missing, foreign, extra) : List.of(values, missing, foreign),
        false);
  }

  static KeyHistory history(String key) {
    KeyEvent inserted =
        new KeyEvent(
            "0/5D1A9E00",
            480_100,
            "7311",
            FIRST,
            "INSERT",
            List.of("id", "note", "price"),
            null,
            "id #5b1c09, note #77fe31, price #09aa41",
            null,
            null);
    KeyEvent updated =
        new KeyEvent(
            "0/5D1A9F20",
            481_220,
            "7390",
            LAST,
            "UPDATE",
            List.of("note"),
            "id #5b1c09, note #77fe31, price #09aa41",
            "id #5b1c09, note #e0d512, price #09aa41",
            null,
            null);
    KeyEvent applied =
        new KeyEvent(
            "0/9920A000",
            31_002,
            "912",
            FIRST,
            "INSERT",
            List.of("id", "note", "price"),
            null,
            "id #5b1c09, note #77fe31, price #09aa41",
            "APPLY",
            480_100L);
    KeyEvent foreign =
        new KeyEvent(
            "0/9920B1C8",
            31_407,
            "977",
            LAST,
            "UPDATE",
            List.of("note"),
            null,
            "id #5b1c09, note #3f0a77, price #09aa41",
            "FOREIGN_WRITER",
            481_219L);
    return switch (key) {
      case KEY ->
          new KeyHistory(
              KeyHistory.State.DONE,
              null,
              List.of(inserted, updated),
              List.of(applied, foreign),
              true);
      case FAR_KEY ->
          new KeyHistory(
              KeyHistory.State.TOO_FAR,
              "Only the last 1,000,000 records of the log were read.",
              List.of(updated),
              List.of(applied, foreign),
              false);
      default ->
          new KeyHistory(
              KeyHistory.State.NOT_KEPT,
              "No difference and no finding on record has this key.",
              List.of(),
              List.of(),
              false);
    };
  }

  static ShownRow values() {
    return new ShownRow(
        "public.orders",
        List.of(new ShownRow.KeyValue("id", "4711")),
        List.of(
            new ShownRow.Both("note", "as the source has it", null, false, false, false),
            new ShownRow.Both("price", "12.50", "12.5", false, false, false)),
        "0/5D1A9F48",
        "0/5D1A9F20",
        null);
  }
}
