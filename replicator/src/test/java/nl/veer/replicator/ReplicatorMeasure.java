package nl.veer.replicator;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.replicator.World.Running;
import nl.veer.sandbox.postgres.SandboxPostgres;

/**
 * Measures load and apply on this machine; run by hand. Prints rows per second, for a narrow table
 * of five columns.
 */
final class ReplicatorMeasure {
  private static final TableId TABLE = new TableId("public", "t");
  private static final RowType TYPE =
      new RowType(
          List.of(
              new RowType.Column("id", ColumnEncoding.INT64),
              new RowType.Column("customer", ColumnEncoding.INT32),
              new RowType.Column("state", ColumnEncoding.TEXT),
              new RowType.Column("amount", ColumnEncoding.DATABASE_TEXT),
              new RowType.Column("at", ColumnEncoding.EPOCH_MICROS)));
  private static final String CREATE =
      "CREATE TABLE t (id bigint PRIMARY KEY, customer int, state text, amount numeric(12,2), at"
          + " timestamp)";
  private static final int ROWS = 300_000;
  private static final int LOAD_ROWS = 3_000_000;
  private static final int PER_TRANSACTION = 10;
  private static final long FAR = 0x7000_0000_0000_0000L;

  private long number;
  private long xid = 3;

  public static void main(String[] arguments) throws Exception {
    new ReplicatorMeasure().measure();
  }

  private void measure() throws Exception {
    try (SandboxPostgres server = SandboxPostgres.startTemporary()) {
      try (World world = new World(server)) {
        world.both(CREATE);
        try (Connection source = world.anotherSource()) {
          world.onSource(
              "INSERT INTO t SELECT n, n % 1000, 'open', n % 100000 / 100.0, now() FROM"
                  + " generate_series(1, "
                  + LOAD_ROWS
                  + ") n");
        }
        world.onSource("CHECKPOINT");
        world.capture("TABLE t");
        long begin = System.nanoTime();
        Running running = world.start("t");
        while (running.replicator().status().loads().isEmpty()
            || !running.replicator().status().loads().get(0).complete()) {
          Thread.onSpinWait();
          Thread.yield();
        }
        print("load", LOAD_ROWS, begin, running);
        world.stop(running);
      }
      try (World world = new World(server)) {
        world.both(CREATE);
        world.capture("TABLE t");
        world.log().refillBy(() -> {});
        Running running = world.start("t");
        while (running.replicator().status().state() != ReplicatorStatus.State.CATCHING_UP) {
          Thread.yield();
        }
        for (String kind : List.of("inserts", "updates", "deletes")) {
          List<LogEvent> events = events(kind);
          long begin = System.nanoTime();
          world.log().append(events);
          while (running.replicator().status().transaction() < number) {
            if (running.end().isDone()) {
              throw new IllegalStateException(String.valueOf(running.end().get()));
            }
            Thread.sleep(5);
          }
          print("apply of " + kind, ROWS, begin, running);
        }
      }
    }
  }

  private List<LogEvent> events(String kind) {
    List<LogEvent> events = new ArrayList<>();
    for (int row = 0; row < ROWS; row += PER_TRANSACTION) {
      number++;
      String id = Long.toString(xid + 1_000_000_000L);
      xid++;
      events.add(new TransactionBegin(new EventPlace(number, 0), id));
      for (int i = 0; i < PER_TRANSACTION; i++) {
        EventPlace place = new EventPlace(number, i + 1);
        switch (kind) {
          case "inserts" -> events.add(new RowInserted(place, TABLE, image(row + i, "open")));
          case "updates" ->
              events.add(
                  new RowUpdated(place, TABLE, null, image((row + i) * 7919L % ROWS, "paid")));
          default -> events.add(new RowDeleted(place, TABLE, image(row + i, "gone")));
        }
      }
      events.add(
          new TransactionEnd(
              new EventPlace(number, PER_TRANSACTION + 1),
              id,
              new LsnPosition(FAR + number),
              PER_TRANSACTION,
              Instant.now()));
    }
    return events;
  }

  private static RowImage image(long id, String state) {
    return new RowImage(
        TYPE,
        new Object[] {id, (int) (id % 1000), state, "12.50", 1_700_000_000_000_000L + id * 1000});
  }

  private static void print(String what, int rows, long begin, Running running) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %,.0f rows/s (%,d rows in %.2f s; state %s)%n",
        what,
        rows / seconds,
        rows,
        seconds,
        running.replicator().status().state());
  }
}
