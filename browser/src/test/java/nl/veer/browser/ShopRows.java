package nl.veer.browser;

import java.time.Instant;
import java.util.List;
import nl.veer.control.dashboard.view.Cause;
import nl.veer.control.dashboard.view.Causes;
import nl.veer.control.dashboard.view.KeyEvent;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.ShownRow;

/** The shop's order whose note somebody has written on the target, as the dashboard tells of it. */
final class ShopRows {
  private static final String NOTE = "note";

  private ShopRows() {}

  /** So many seconds before now. */
  private static String ago(long seconds) {
    return Instant.now().minusSeconds(seconds).toString();
  }

  static Causes causes(int differing, boolean closed) {
    Cause note =
        new Cause(
            Shop.WAVE,
            "SCAN",
            "VALUES",
            Shop.ORDERS,
            NOTE,
            "Rows that hold other values on the target.",
            0,
            0,
            differing,
            0,
            0,
            differing,
            differing,
            ago(12),
            ago(12),
            "FOREIGN_WRITER",
            "Its transaction on the target carries no stamp of Veer's.",
            "veer repair --wave main --table public.orders",
            new Cause.Example(1, Shop.KEY));
    Cause mended =
        new Cause(
            Shop.WAVE,
            "SCAN",
            "MISSING",
            "public.payments",
            null,
            "Rows that the target lacks.",
            0,
            0,
            0,
            1,
            2,
            0,
            3,
            ago(90_000),
            ago(86_000),
            null,
            null,
            null,
            new Cause.Example(901, Shop.KEY));
    return new Causes(
        differing == 0
            ? closed ? List.of(mended) : List.of()
            : closed ? List.of(note, mended) : List.of(note),
        false);
  }

  static KeyHistory history() {
    KeyEvent inserted =
        new KeyEvent(
            "0/5D1A9E00",
            480_100,
            "7311",
            ago(86_000),
            "INSERT",
            List.of("id", NOTE, "total"),
            null,
            "id #5b1c09, note #77fe31, total #09aa41",
            null,
            null);
    KeyEvent applied =
        new KeyEvent(
            "0/9920A000",
            31_002,
            "912",
            ago(86_000),
            "INSERT",
            List.of("id", NOTE, "total"),
            null,
            "id #5b1c09, note #77fe31, total #09aa41",
            "APPLY",
            480_100L);
    KeyEvent foreign =
        new KeyEvent(
            "0/9920B1C8",
            31_407,
            "4711",
            ago(14),
            "UPDATE",
            List.of(NOTE),
            null,
            "id #5b1c09, note #3f0a77, total #09aa41",
            "FOREIGN_WRITER",
            481_219L);
    return new KeyHistory(
        KeyHistory.State.DONE, null, List.of(inserted), List.of(applied, foreign), true);
  }

  static ShownRow values() {
    return new ShownRow(
        Shop.ORDERS,
        List.of(new ShownRow.KeyValue("id", "4711")),
        List.of(new ShownRow.Both(NOTE, "ring twice", "do not ring", false, false, false)),
        "0/5D1A9F48",
        "0/5D1A9F20",
        null);
  }
}
