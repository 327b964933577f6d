package nl.veer.browser;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import nl.veer.control.dashboard.view.Cause;
import nl.veer.control.dashboard.view.Causes;
import nl.veer.control.dashboard.view.KeyEvent;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.RecordQuery;
import nl.veer.control.dashboard.view.ShownRow;
import nl.veer.control.dashboard.view.WaveDifferences;
import nl.veer.control.dashboard.view.WaveFindings;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a shop that differ: a foreign hand wrote a note of some orders on the target, and the
 * ledger saw one of them. What was repaired yesterday is closed. Pure, but for the clock.
 */
final class ShopRows {
  /** Of the order that the ledger saw. */
  static final String KEY = "5f1d7a84db00d2fce00b31a7fc73224f";

  /** Of an order whose search does not end. */
  static final String SEARCHED_KEY = "00000000000000000000000000000009";

  static final String LINES = "public.order_lines";
  private static final String VALUES = "VALUES";
  private static final String NOTE = "note";
  private static final String WRITER = "FOREIGN_WRITER";
  private static final String BLAME =
      "The target's transaction 4711 carries no stamp of Veer's. It was committed by the role app"
          + " from 10.0.0.31.";
  private static final String LOG_POSITION = "0/5D1A9F20";
  private static final String ECHO_POSITION = "0/9920B1C8";
  private static final int REPAIRED = 3;
  private static final long FIRST_REPAIRED = 1_000_000;

  private ShopRows() {}

  private static String ago(long seconds) {
    return Instant.now().minusSeconds(seconds).toString();
  }

  static String key(long id) {
    return id == 1 ? KEY : ShopAudit.hash(id).substring(0, KEY.length());
  }

  static Causes causes(long differing, boolean closed) {
    List<Cause> all = new ArrayList<>();
    if (differing > 0) {
      all.add(orders(differing));
      all.add(foreign());
    }
    if (closed) {
      all.add(lines());
    }
    return new Causes(all, false);
  }

  private static Cause orders(long differing) {
    long fresh = differing / 3;
    long confirmed = (differing - fresh) / 2;
    long explained = differing - fresh - confirmed;
    return new Cause(
        Shop.WAVE,
        "SCAN",
        VALUES,
        Shop.ORDERS,
        NOTE,
        "Rows that hold other values on the target.",
        fresh,
        confirmed,
        explained,
        0,
        0,
        differing,
        differing,
        ago(1_820),
        ago(12),
        WRITER,
        BLAME,
        fresh + confirmed > 0
            ? "veer diff --wave main --table public.orders"
            : "veer repair --wave main --table public.orders",
        new Cause.Example(1, KEY));
  }

  private static Cause foreign() {
    return new Cause(
        Shop.WAVE,
        "LEDGER",
        "FOREIGN_WRITER",
        Shop.ORDERS,
        NOTE,
        "a transaction that is not Veer's changed the row",
        0,
        1,
        0,
        0,
        0,
        1,
        1,
        ago(14),
        ago(14),
        null,
        null,
        "veer diff --wave main --table public.orders",
        new Cause.Example(1, KEY));
  }

  private static Cause lines() {
    return new Cause(
        Shop.WAVE,
        "SCAN",
        "MISSING",
        LINES,
        null,
        "Rows that the target lacks.",
        0,
        0,
        0,
        1,
        REPAIRED - 1,
        0,
        REPAIRED,
        ago(90_000),
        ago(86_000),
        null,
        null,
        "veer scan --wave main --table public.order_lines",
        new Cause.Example(FIRST_REPAIRED, key(FIRST_REPAIRED)));
  }

  static WaveDifferences differences(RecordQuery query, long differing) {
    List<WaveDifferences.Line> lines = new ArrayList<>();
    LongStream.rangeClosed(1, differing).mapToObj(ShopRows::open).forEach(lines::add);
    if (query.closed()) {
      LongStream.range(FIRST_REPAIRED, FIRST_REPAIRED + REPAIRED)
          .mapToObj(ShopRows::repaired)
          .forEach(lines::add);
    }
    List<WaveDifferences.Line> page =
        lines.stream()
            .filter(line -> line.id() > query.after())
            .filter(line -> is(query.table(), line.table()))
            .filter(line -> is(query.kind(), line.kind()))
            .filter(line -> is(query.column(), String.join(", ", line.columns())))
            .limit(query.limit())
            .toList();
    Long next = page.size() < query.limit() ? null : (Long) page.get(page.size() - 1).id();
    return new WaveDifferences(Shop.WAVE, page, next);
  }

  private static boolean is(@Nullable String wanted, String found) {
    return wanted == null || wanted.equals(found);
  }

  private static WaveDifferences.Line open(long id) {
    boolean explained = id % 3 == 1;
    return new WaveDifferences.Line(
        id,
        "OPEN",
        VALUES,
        Shop.ORDERS,
        key(id),
        List.of(NOTE),
        4,
        LOG_POSITION,
        LOG_POSITION,
        ago(1_820),
        ago(12),
        explained ? WRITER : null,
        explained ? BLAME : null,
        null,
        null);
  }

  private static WaveDifferences.Line repaired(long id) {
    return new WaveDifferences.Line(
        id,
        id == FIRST_REPAIRED ? "REPAIRED" : "GONE",
        "MISSING",
        LINES,
        key(id),
        List.of(),
        2,
        "0/41002210",
        "0/41002210",
        ago(90_000),
        ago(89_000),
        null,
        null,
        id == FIRST_REPAIRED ? "repair 1" : "scan 3",
        ago(86_000));
  }

  static WaveFindings findings(RecordQuery query, long differing) {
    boolean wanted =
        differing > 0
            && query.after() < 1
            && is(query.table(), Shop.ORDERS)
            && is(query.kind(), "FOREIGN_WRITER")
            && is(query.column(), NOTE);
    return new WaveFindings(Shop.WAVE, wanted ? List.of(finding()) : List.of(), null);
  }

  private static WaveFindings.Line finding() {
    return new WaveFindings.Line(
        1,
        "OPEN",
        "FOREIGN_WRITER",
        Shop.ORDERS,
        KEY,
        List.of(NOTE),
        "NONE",
        "PRESENT",
        1,
        null,
        ECHO_POSITION,
        "4711",
        "a transaction that is not Veer's changed the row",
        ago(14),
        null,
        null,
        null,
        null);
  }

  static KeyHistory history(String key) {
    if (key.equals(SEARCHED_KEY)) {
      return KeyHistory.searching("214,000 of 1,203,000 records of the log are read.");
    }
    String born = "id #5b1c09, note #77fe31, price #09aa41, state #c0ffee";
    String paid = "id #5b1c09, note #77fe31, price #09aa41, state #11d2ab";
    String noted = "id #5b1c09, note #e0d512, price #09aa41, state #11d2ab";
    String foreign = "id #5b1c09, note #3f0a77, price #09aa41, state #11d2ab";
    List<String> all = List.of("id", NOTE, "price", "state");
    return new KeyHistory(
        KeyHistory.State.DONE,
        null,
        List.of(
            event("0/5D1A7E00", 480_100, "7311", 3_700, "INSERT", all, null, born),
            event("0/5D1A8B10", 480_733, "7352", 1_900, "UPDATE", List.of("state"), born, paid),
            event(LOG_POSITION, 480_735, "7354", 1_899, "UPDATE", List.of(NOTE), paid, noted)),
        List.of(
            echo("0/9920A000", 31_002, "912", 3_700, "INSERT", all, born, "APPLY", 480_100L),
            echo(
                "0/9920B010",
                31_301,
                "960",
                1_898,
                "UPDATE",
                List.of(NOTE, "state"),
                noted,
                "APPLY",
                480_740L),
            echo(
                ECHO_POSITION, 31_407, "4711", 14, "UPDATE", List.of(NOTE), foreign, WRITER, null)),
        true);
  }

  private static KeyEvent event(
      String position,
      long transaction,
      String databaseTransaction,
      long ago,
      String op,
      List<String> columns,
      @Nullable String before,
      String after) {
    return new KeyEvent(
        position,
        transaction,
        databaseTransaction,
        ago(ago),
        op,
        columns,
        before,
        after,
        null,
        null);
  }

  private static KeyEvent echo(
      String position,
      long transaction,
      String databaseTransaction,
      long ago,
      String op,
      List<String> columns,
      String after,
      String writer,
      @Nullable Long applied) {
    return new KeyEvent(
        position,
        transaction,
        databaseTransaction,
        ago(ago),
        op,
        columns,
        null,
        after,
        writer,
        applied);
  }

  static Optional<ShownRow> values(long id, long differing) {
    return id < 1 || id > differing
        ? Optional.empty()
        : Optional.of(
            new ShownRow(
                Shop.ORDERS,
                List.of(new ShownRow.KeyValue("id", String.valueOf(4_710 + id))),
                List.of(new ShownRow.Both(NOTE, "leave at the gate", "gone", false, false, false)),
                "0/5D1A9F48",
                LOG_POSITION,
                null));
  }
}
