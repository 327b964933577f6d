package nl.veer.verifier.ledger;

import static nl.veer.connectors.event.ColumnEncoding.BOOLEAN;
import static nl.veer.connectors.event.ColumnEncoding.DATABASE_TEXT;
import static nl.veer.connectors.event.ColumnEncoding.FLOAT64;
import static nl.veer.connectors.event.ColumnEncoding.INT32;
import static nl.veer.connectors.event.ColumnEncoding.INT64;
import static nl.veer.connectors.event.ColumnEncoding.TEXT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.ledger.Topic.Change;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/** A wave with its log, its echo and its ledger, all in memory. */
final class Books implements LedgerRecords {
  static final WaveId WAVE = new WaveId("shop", "main");
  static final Object ABSENT = RowImage.ABSENT;
  static final TableId ITEMS = new TableId("shop", "items");
  static final TableId NOTES = new TableId("shop", "notes");
  static final RowType ITEM =
      new RowType(
          List.of(
              new RowType.Column("id", INT32),
              new RowType.Column("name", TEXT),
              new RowType.Column("price", DATABASE_TEXT),
              new RowType.Column("weight", FLOAT64),
              new RowType.Column("big", TEXT)));
  static final RowType NOTE =
      new RowType(List.of(new RowType.Column("author", INT32), new RowType.Column("text", TEXT)));
  private static final RowType STAMP =
      new RowType(
          List.of(
              new RowType.Column("migration", TEXT),
              new RowType.Column("wave", TEXT),
              new RowType.Column("transaction_number", INT64),
              new RowType.Column("position", TEXT),
              new RowType.Column("log_id", TEXT),
              new RowType.Column("log_offset", INT64)));
  private static final RowType LOAD =
      new RowType(
          List.of(
              new RowType.Column("migration", TEXT),
              new RowType.Column("wave", TEXT),
              new RowType.Column("table_schema", TEXT),
              new RowType.Column("table_name", TEXT),
              new RowType.Column("state", TEXT),
              new RowType.Column("whole_before", BOOLEAN),
              new RowType.Column("key_columns", TEXT),
              new RowType.Column("boundary", TEXT),
              new RowType.Column("boundary_position", TEXT)));
  private static final RowType REPAIR =
      new RowType(
          List.of(
              new RowType.Column("migration", TEXT),
              new RowType.Column("wave", TEXT),
              new RowType.Column("id", INT64),
              new RowType.Column("table_schema", TEXT),
              new RowType.Column("table_name", TEXT),
              new RowType.Column("key_digest", TEXT),
              new RowType.Column("kind", TEXT)));

  final Topic log = new Topic("log-1", 1000);
  final Topic echo = new Topic("echo-1", 10);
  final List<Imbalance> findings = new ArrayList<>();
  final List<Found.Further> further = new ArrayList<>();
  final Map<TableId, LoadBoundary> boundaries = new HashMap<>();
  WaveId wave = WAVE;
  private final Path directory;
  private final DigestKey key = DigestKey.random();
  private @Nullable LedgerCheckpoint checkpoint;
  private @Nullable Ledger ledger;
  long memory = 1 << 20;
  Duration checkpointEvery = Duration.ZERO;

  /** Numbers of the log's last transactions at each checkpoint. */
  final List<Long> saved = new ArrayList<>();

  boolean referenced;
  @Nullable Failure told;
  Tolerances tolerances = Tolerances.NONE;

  Books(Path directory) {
    this.directory = directory;
  }

  /** Begins as a replicator does: with a claim. */
  static Books claimed(Path directory) {
    Books books = new Books(directory);
    books.echo.write(books.stamp());
    return books;
  }

  // What happens

  /** The source commits this, and the target does the same in a batch of its own. */
  Books both(Change... changes) {
    log.write(changes);
    return apply(changes);
  }

  /** A batch of the replicator up to the log's end. */
  Books apply(Change... changes) {
    List<Change> all = new ArrayList<>(Arrays.asList(changes));
    all.add(stamp());
    echo.write(all);
    return this;
  }

  /** The stamp moved to the log's end as it is now. */
  Change stamp() {
    return stamp(log.last(), log.offset());
  }

  Change stamp(long transaction, long offset) {
    return stamp(wave.wave(), transaction, offset);
  }

  Change stamp(String wave, long transaction, long offset) {
    String position = transaction == 0 ? null : log.position(transaction).text();
    RowImage row =
        new RowImage(
            STAMP, new @Nullable Object[] {"shop", wave, transaction, position, "log-1", offset});
    return place -> new RowUpdated(place, new TableId("veer", "stamp"), null, row);
  }

  Change resetStamp() {
    RowImage row =
        new RowImage(STAMP, new @Nullable Object[] {"shop", "main", 0L, null, null, null});
    return place -> new RowUpdated(place, new TableId("veer", "stamp"), null, row);
  }

  static Change load(TableId table, String state, @Nullable LoadBoundary boundary) {
    return load(table, state, null, boundary);
  }

  /**
   * @param before what the record said before; null if the echo does not say it
   */
  static Change load(
      TableId table, String state, @Nullable RowImage before, @Nullable LoadBoundary boundary) {
    RowImage row = loadRow(table, state, boundary);
    return place -> new RowUpdated(place, new TableId("veer", "load"), before, row);
  }

  static RowImage loadRow(TableId table, String state, @Nullable LoadBoundary boundary) {
    return loadRow(WAVE, table, state, boundary);
  }

  /** The record of a load that an adoption writes. */
  Change adopted(TableId table, LoadBoundary boundary) {
    RowImage row = loadRow(wave, table, "COMPLETE", boundary);
    return place -> new RowInserted(place, new TableId("veer", "load"), row);
  }

  private static RowImage loadRow(
      WaveId wave, TableId table, String state, @Nullable LoadBoundary boundary) {
    RowIdentity identity = boundary == null ? null : boundary.identity();
    return new RowImage(
        LOAD,
        new @Nullable Object[] {
          wave.migration(),
          wave.wave(),
          table.schema(),
          table.name(),
          state,
          identity == null ? null : (Boolean) identity.wholeBefore(),
          identity == null ? null : String.join("\u001f", identity.key()),
          boundary == null ? null : boundary.text(),
          boundary == null ? null : boundary.position().text()
        });
  }

  static Change repair(String wave, TableId table) {
    RowImage row =
        new RowImage(
            REPAIR,
            new @Nullable Object[] {
              "shop", wave, 3L, table.schema(), table.name(), "0".repeat(32), "VALUES"
            });
    return place -> new RowInserted(place, new TableId("veer", "repair"), row);
  }

  static LoadBoundary boundary(String snapshot, long lsn) {
    return new LoadBoundary(snapshot, new LsnPosition(lsn));
  }

  static RowImage item(@Nullable Object... values) {
    return new RowImage(ITEM, values);
  }

  static RowImage item(int id, String name) {
    return item(id, name, "1.00", 0.5, "big " + id);
  }

  static RowImage note(int author, @Nullable String text) {
    return new RowImage(NOTE, new @Nullable Object[] {author, text});
  }

  static Change insert(RowImage after) {
    return place -> new RowInserted(place, table(after), after);
  }

  static Change update(RowImage after) {
    return place -> new RowUpdated(place, table(after), null, after);
  }

  static Change update(RowImage before, RowImage after) {
    return place -> new RowUpdated(place, table(after), before, after);
  }

  static Change delete(RowImage before) {
    return place -> new RowDeleted(place, table(before), before);
  }

  static Change deleteItem(int id) {
    return delete(item(id, null, null, null, null));
  }

  static Change truncate(TableId table) {
    return place -> new TableTruncated(place, table);
  }

  private static TableId table(RowImage row) {
    return row.type().columns().get(0).name().equals("id") ? ITEMS : NOTES;
  }

  List<LedgerTable> tables() {
    return List.of(
        new LedgerTable(ITEMS, List.of("id"), false, false, Set.of(), referenced),
        new LedgerTable(NOTES, List.of(), true, true, Set.of(), false));
  }

  // The ledger

  /** Lets a new ledger go on from the last checkpoint until it has read the whole echo. */
  Books balance() {
    return balance((int) echo.offset());
  }

  /** The same, where so many of the echo's records are there yet. */
  Books balance(int visible) {
    StopSignal stop = new StopSignal();
    Ledger run = ledger(visible);
    echo.onDrained(stop::raise);
    run.run(stop);
    return this;
  }

  Ledger ledger(int visible) {
    Ledger made =
        new Ledger(
            wave,
            () ->
                new LedgerConfig(
                    wave,
                    tables(),
                    tolerances,
                    boundaries,
                    null,
                    directory,
                    memory,
                    checkpointEvery,
                    Duration.ofMillis(5)),
            key,
            PostgresSnapshot::parse,
            log::open,
            () -> echo.open(visible),
            this);
    ledger = made;
    return made;
  }

  LedgerStatus status() {
    if (ledger == null) {
      throw new IllegalStateException("No ledger was begun");
    }
    Failure failure = ledger.status().failure();
    if (failure != null) {
      throw failure;
    }
    return ledger.status();
  }

  @Override
  public Optional<LedgerCheckpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  @Override
  public void save(LedgerCheckpoint next, Found found) {
    checkpoint = next;
    if (next.balanced() != null) {
      saved.add(next.balanced().transaction());
    }
    findings.addAll(found.detailed());
    further.addAll(found.further());
  }

  @Override
  public void tell(@Nullable Failure failure) {
    told = failure;
  }

  void forget() {
    checkpoint = null;
    findings.clear();
    further.clear();
  }
}
