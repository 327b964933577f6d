package nl.veer.control.mutation;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.control.crossing.CrossingWorld;
import org.jspecify.annotations.Nullable;

/** How each of {@link Mutations} comes about. Owned by the test's thread. */
final class Injection {
  static final String[] TABLES = {
    "CREATE TYPE mood AS ENUM ('sad', 'glad')",
    "CREATE TABLE wares (id int PRIMARY KEY, note text, price numeric, at timestamptz,"
        + " weight float8, tags int[], mood mood, code bytea, span interval, doc json,"
        + " big text)",
    "ALTER TABLE wares ALTER COLUMN big SET STORAGE EXTERNAL",
    "CREATE TABLE quiet (id int PRIMARY KEY, note text)",
    "CREATE TABLE emptied (id int PRIMARY KEY)",
    "CREATE TABLE bent (id int PRIMARY KEY, note text)",
    "CREATE TABLE restored (id int PRIMARY KEY, note text)",
    "CREATE TABLE trail (note text)",
    "CREATE TABLE chronicle (note text)"
  };

  static final String[] ROWS = {
    "ALTER TABLE trail REPLICA IDENTITY FULL",
    "ALTER TABLE chronicle REPLICA IDENTITY FULL",
    "INSERT INTO wares SELECT i, 'n' || i, i, now(), i, '{7}', 'sad', '\\x00', '1 s', '{}',"
        + " repeat(md5(i::text), 200) FROM generate_series(1, 50) i",
    "INSERT INTO quiet SELECT i, 'q' FROM generate_series(1, 50) i",
    "INSERT INTO emptied SELECT generate_series(1, 5)",
    "INSERT INTO bent SELECT i, 'b' FROM generate_series(1, 5) i",
    "INSERT INTO restored SELECT i, 'r' FROM generate_series(1, 5) i",
    "INSERT INTO trail VALUES ('a'), ('a'), ('b')",
    "INSERT INTO chronicle VALUES ('a'), ('a'), ('b')"
  };

  private static final String DOUBLE = "double";

  private final CrossingWorld world;

  Injection(CrossingWorld world) {
    this.world = world;
  }

  /** What the replicator shall read wrong. */
  static Bends bends() {
    Bends bends = new Bends();
    bends.lost("public.wares", 1);
    bends.doubled(DOUBLE);
    bends.value("public.wares", 2, "note", any -> "third");
    bends.value("public.wares", 3, "note", any -> "second");
    bends.value("public.wares", 4, "note", any -> "n4");
    bends.value("public.wares", 5, "code", Injection::flipped);
    bends.value("public.wares", 6, "note", any -> "");
    bends.value("public.wares", 7, "note", any -> null);
    bends.value("public.wares", 8, "note", text -> text + " ");
    bends.value("public.wares", 9, "price", any -> "1.00");
    for (int id = 10; id <= 13; id++) {
      bends.value("public.wares", id, "at", Injection::anHourLater);
    }
    bends.value("public.wares", 14, "big", any -> "written");
    bends.value("public.wares", 15, "weight", Injection::nextUp);
    bends.value("public.wares", 16, "weight", any -> 0.0);
    bends.value("public.wares", 17, "tags", any -> "{3,2,1}");
    bends.value("public.wares", 18, "mood", any -> "sad");
    bends.value("public.wares", 19, "span", any -> "24:00:00");
    bends.value("public.wares", 20, "doc", any -> "{\"a\": 1}");
    bends.value("public.wares", 24, "note", any -> "e\u0301");
    return bends;
  }

  private static Object flipped(@Nullable Object bytes) {
    byte[] flipped = ((byte[]) Objects.requireNonNull(bytes)).clone();
    flipped[flipped.length - 1] ^= 1;
    return flipped;
  }

  private static Object anHourLater(@Nullable Object text) {
    return OffsetDateTime.parse(String.valueOf(text)).plusHours(1).toString();
  }

  private static Object nextUp(@Nullable Object number) {
    return Math.nextUp((Double) Objects.requireNonNull(number));
  }

  /** Before the mutations: what is right so far, and is repeated, lost or changed later. */
  void prepare() throws SQLException {
    world.onSource(
        "UPDATE restored SET note = 'written' WHERE id = 3",
        "UPDATE wares SET note = 'logged' WHERE id = 31",
        "INSERT INTO chronicle VALUES ('once')",
        "UPDATE wares SET note = 'older' WHERE id = 32",
        "UPDATE wares SET note = 'newer' WHERE id = 32");
  }

  /** What the replicator reads wrong. */
  void below() throws SQLException {
    world.onSource(
        "UPDATE wares SET note = 'new' WHERE id = 1",
        "UPDATE wares SET note = CASE id WHEN 2 THEN 'second' ELSE 'third' END WHERE id IN (2, 3)",
        "UPDATE wares SET note = 'newer' WHERE id = 4",
        "UPDATE wares SET code = '\\x0102' WHERE id = 5",
        "UPDATE wares SET note = NULL WHERE id = 6",
        "UPDATE wares SET note = '' WHERE id = 7",
        "UPDATE wares SET note = 'pad' WHERE id = 8",
        "UPDATE wares SET price = 1.0 WHERE id = 9",
        "UPDATE wares SET at = '2026-03-29 01:30:00+00' WHERE id BETWEEN 10 AND 13",
        "UPDATE wares SET note = 'touched' WHERE id = 14",
        "UPDATE wares SET weight = 0.3 WHERE id = 15",
        "UPDATE wares SET weight = '-0' WHERE id = 16",
        "UPDATE wares SET tags = '{1,2,3}' WHERE id = 17",
        "UPDATE wares SET mood = 'glad' WHERE id = 18",
        "UPDATE wares SET span = '1 day' WHERE id = 19",
        "UPDATE wares SET doc = '{\"a\":1}' WHERE id = 20",
        "UPDATE wares SET note = '\u00e9' WHERE id = 24");
    world.inOneTransaction(
        "INSERT INTO trail VALUES ('once')",
        "SELECT pg_logical_emit_message(true, '%s.marker.%s', '%s')"
            .formatted(world.wave.markerPrefix(), DOUBLE, DOUBLE));
  }

  /** What others do on the target. */
  void beside() throws SQLException {
    world.onTarget(
        "DELETE FROM wares WHERE id = 21",
        "INSERT INTO wares (id, note) VALUES (9001, '')",
        "UPDATE quiet SET note = 'Q' WHERE id = 7",
        "UPDATE wares SET note = 'foreign' WHERE id = 22",
        "TRUNCATE emptied",
        "UPDATE wares SET big = repeat(md5('other'), 200) WHERE id = 23",
        "CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$BEGIN NEW.note := NEW.note || '!'; RETURN NEW; END$$",
        "CREATE TRIGGER bend BEFORE INSERT OR UPDATE ON bent FOR EACH ROW EXECUTE FUNCTION bend()",
        "ALTER TABLE bent ENABLE ALWAYS TRIGGER bend",
        "ALTER TABLE restored ALTER COLUMN note TYPE text"
            + " USING CASE id WHEN 3 THEN 'rewritten' ELSE note END");
    world.onSource("UPDATE bent SET note = 'hello' WHERE id = 1");
  }

  /** What the capture has got wrong; it must be away, and nobody else may write to the source. */
  void above(ForgedLog log) throws SQLException {
    List<List<Long>> again =
        log.transactions(List.of(Injection::isStale, Injection::isOfChronicle));
    world.onSource("UPDATE wares SET note = 'never logged' WHERE id = 31");
    log.forge(again);
  }

  private static boolean isStale(ChangeEvent event) {
    return event instanceof RowUpdated update
        && update.table().name().equals("wares")
        && "older".equals(update.after().value(update.after().type().indexOf("note")));
  }

  private static boolean isOfChronicle(ChangeEvent event) {
    return event instanceof RowInserted insert && insert.table().name().equals("chronicle");
  }
}
