package nl.veer.verifier.ledger;

import static nl.veer.verifier.ledger.Books.ABSENT;
import static nl.veer.verifier.ledger.Books.ITEMS;
import static nl.veer.verifier.ledger.Books.NOTE;
import static nl.veer.verifier.ledger.Books.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowType;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.digest.PassingDigester;
import nl.veer.verifier.value.CanonicalBytes;
import nl.veer.verifier.value.EventValues;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowDigestsTest {
  private static final DigestKey KEPT = DigestKey.random();
  private static final DigestKey PASSING = DigestKey.random();
  private static final List<LedgerTable> TABLES =
      List.of(
          new LedgerTable(ITEMS, List.of("b", "a"), false, false, Set.of(), false),
          new LedgerTable(NOTES, List.of(), true, true, Set.of(), false));
  private static final int KEYED = 0;
  private static final int KEYLESS = 1;

  private final KeyedDigester plain = new KeyedDigester(KEPT);

  private static RowDigests side() {
    return new RowDigests(
        TABLES,
        Tolerances.NONE,
        new KeyedDigester(KEPT),
        new PassingDigester(PASSING),
        new Shapes());
  }

  private static CanonicalBytes canonical(ColumnEncoding encoding, @Nullable Object value) {
    CanonicalBytes bytes = new CanonicalBytes();
    EventValues.write(encoding, value, bytes);
    return bytes;
  }

  /** What two sides make of values is the same exactly where their canonical bytes are. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void columnsAreTheSameWhereTheirCanonicalBytesAre(long seed) {
    Random random = new Random(seed);
    RowDigests log = side();
    RowDigests echo = side();
    for (int run = 0; run < 200; run++) {
      RowImage here = row(random);
      RowImage there = random.nextBoolean() ? row(random) : bent(here, random);
      Columns logged = log.columns(KEYED, here);
      Columns echoed = echo.columns(KEYED, there);
      for (int i = 0; i < logged.shape().size(); i++) {
        String name = logged.shape().name(i);
        int at = here.type().indexOf(name);
        int other = there.type().indexOf(name);
        assertThat(logged.same(i, echoed, echoed.shape().indexOf(name)))
            .as("seed %d, run %d, column %s", seed, run, name)
            .isEqualTo(Arrays.equals(bytes(here, at), bytes(there, other)));
      }
    }
  }

  private static byte[] bytes(RowImage row, int column) {
    return canonical(row.type().columns().get(column).encoding(), row.value(column)).copy();
  }

  /** Columns of any kinds, in any order. */
  private static RowImage row(Random random) {
    List<RowType.Column> columns = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f"));
    while (!names.isEmpty()) {
      ColumnEncoding[] encodings = ColumnEncoding.values();
      ColumnEncoding encoding = encodings[random.nextInt(encodings.length)];
      columns.add(new RowType.Column(names.remove(random.nextInt(names.size())), encoding));
      values.add(value(encoding, random));
    }
    return new RowImage(new RowType(columns), values.toArray());
  }

  /** The same row with one value changed, or none. */
  private static RowImage bent(RowImage row, Random random) {
    List<RowType.Column> columns = row.type().columns();
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.value(i);
    }
    int bent = random.nextInt(values.length);
    values[bent] = value(columns.get(bent).encoding(), random);
    return new RowImage(new RowType(columns), values);
  }

  private static @Nullable Object value(ColumnEncoding encoding, Random random) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    int small = random.nextInt(3) - 1;
    return switch (encoding) {
      case BOOLEAN -> random.nextBoolean();
      case INT32, EPOCH_DAYS -> small;
      case INT64, MICROS_OF_DAY, EPOCH_MICROS -> (long) small;
      case FLOAT32 -> small == 0 ? -0.0f : (float) small;
      case FLOAT64 -> small == 0 ? Double.NaN : (double) small;
      case TEXT, DATABASE_TEXT -> "é1".repeat(8).substring(random.nextInt(16));
      case BYTES -> Arrays.copyOf(new byte[] {(byte) small}, random.nextInt(20));
      case ZONED_TIMESTAMP ->
          small == 0 ? "infinity" : "2026-11-30T12:00:0%d.5%s".formatted(small + 1, "Z");
    };
  }

  @Test
  void theDigestOfAKeyIsThatOfItsCanonicalBytes() {
    RowType type =
        new RowType(
            List.of(
                new RowType.Column("a", ColumnEncoding.INT64),
                new RowType.Column("x", ColumnEncoding.TEXT),
                new RowType.Column("b", ColumnEncoding.TEXT)));
    CanonicalBytes expected = canonical(ColumnEncoding.TEXT, "two");
    EventValues.write(ColumnEncoding.INT64, 1L, expected);
    Digest128 key = plain.digest(expected.array(), expected.size());

    assertThat(side().key(KEYED, new RowImage(type, new Object[] {1L, "x", "two"}), null).digest())
        .isEqualTo(key);
    RowImage older = new RowImage(type, new Object[] {3L, "y", "two"});
    RowImage without = new RowImage(type, new Object[] {1L, "x", ABSENT});
    assertThat(side().key(KEYED, without, older).digest()).isEqualTo(key);
    assertThat(side().keyText(KEYED, without, older)).isEqualTo("b=two, a=1");
  }

  /** Findings are kept by it, and a search for a cause reckons it from the same digests. */
  @Test
  void theDigestOfARowWithoutAKeyIsThatOfItsColumnsKeptDigests() {
    RowDigests digests = side();
    Columns row = digests.columns(KEYLESS, new RowImage(NOTE, new Object[] {7, "short"}));
    CanonicalBytes expected = new CanonicalBytes();
    expected.text("author");
    write(expected, canonical(ColumnEncoding.INT32, 7));
    expected.text("text");
    write(expected, canonical(ColumnEncoding.TEXT, "short"));

    assertThat(digests.whole(row, row.shape()).digest())
        .isEqualTo(plain.digest(expected.array(), expected.size()));
  }

  private void write(CanonicalBytes into, CanonicalBytes value) {
    Digest128 digest = plain.digest(value.array(), value.size());
    into.integer(digest.high());
    into.integer(digest.low());
  }
}
