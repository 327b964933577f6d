package nl.veer.verifier.ledger;

import static nl.veer.verifier.ledger.Books.ITEMS;
import static nl.veer.verifier.ledger.Books.NOTES;
import static nl.veer.verifier.ledger.Books.boundary;
import static nl.veer.verifier.ledger.Books.deleteItem;
import static nl.veer.verifier.ledger.Books.insert;
import static nl.veer.verifier.ledger.Books.item;
import static nl.veer.verifier.ledger.Books.load;
import static nl.veer.verifier.ledger.Books.loadRow;
import static nl.veer.verifier.ledger.Books.note;
import static nl.veer.verifier.ledger.Books.repair;
import static nl.veer.verifier.ledger.Books.truncate;
import static nl.veer.verifier.ledger.Books.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.List;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.verifier.ledger.Imbalance.Kind;
import nl.veer.verifier.ledger.Topic.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger makes of loads, repairs and boundaries in the echo. */
class LedgerLoadsTest {
  private static final LoadBoundary FIRST = boundary("700:700:", 500);
  private static final LoadBoundary ANEW = boundary("705:705:", 4500);

  @TempDir private Path directory;
  private Books books;

  @BeforeEach
  void claim() {
    books = Books.claimed(directory);
    books.boundaries.put(ITEMS, FIRST);
    books.boundaries.put(NOTES, FIRST);
  }

  @Test
  void aTableThatIsLoadedAnewWhileTheWaveGoesOnBalances() {
    reload(books);
    books.balance();

    assertThat(books.findings).isEmpty();
    assertThat(books.status().balanced()).extracting(Balanced::transaction).isEqualTo(6L);
    assertThat(books.status().counts().loaded()).isEqualTo(4);
    assertThat(books.status().counts().rows()).isEqualTo(8);
    assertThat(books.status().counts().unbalanced()).isZero();
  }

  @Test
  void aRestartAnywhereInAReloadBalancesTheSame() {
    reload(books);
    books.balance();
    LedgerCounts counts = books.status().counts();

    books.forget();
    for (int visible = 1; visible <= books.echo.offset(); visible++) {
      books.balance(visible);
    }
    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts()).isEqualTo(counts);
  }

  /** The record has the new boundary by then; the echo's batches before it went by the old one. */
  @Test
  void aLedgerThatBeginsAfterAReloadJudgesByTheBoundaryOfThatTime() {
    reload(books);
    books.boundaries.put(ITEMS, ANEW);
    books.balance();

    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().rows()).isEqualTo(8);
  }

  private static void reload(Books books) {
    books.both(insert(item(1, "a")), insert(note(1, "x")));
    books.both(insert(item(2, "b")));
    books.echo.write(
        books.stamp(), load(ITEMS, "PENDING", loadRow(ITEMS, "COMPLETE", FIRST), null));
    // A batch that was under way goes by the old boundary.
    books.both(update(item(1, "c")), insert(note(2, "y")));
    Change claim = books.stamp();
    // Transaction 704 is included by the new load, and not applied yet.
    books.log.write(update(item(2, "d")), insert(note(3, "z")));
    books.echo.write(
        claim, load(ITEMS, "PENDING", loadRow(ITEMS, "PENDING", null), null), truncate(ITEMS));
    books.echo.write(load(ITEMS, "RUNNING", loadRow(ITEMS, "PENDING", null), ANEW));
    books.echo.write(load(ITEMS, "RUNNING", ANEW), insert(item(1, "c")), insert(item(2, "d")));
    // A load that broke off is begun anew.
    books.echo.write(claim, load(ITEMS, "RUNNING", ANEW), truncate(ITEMS));
    books.echo.write(load(ITEMS, "COMPLETE", ANEW), insert(item(1, "c")), insert(item(2, "d")));
    books.echo.write(claim);
    books.apply(insert(note(3, "z")));
    books.both(deleteItem(1));
    books.both(insert(note(4, "z")));
  }

  @Test
  void aLoadOfWhichTheRecordAloneIsTouchedKeepsItsBoundary() {
    books.boundaries.put(ITEMS, boundary("702:702:", 1500));
    books.log.write(insert(item(1, "loaded")));
    books.echo.write(load(ITEMS, "PENDING", null));
    books.apply().balance();
    assertThat(books.findings).as("it goes by what was loaded until it is loaded anew").isEmpty();
  }

  @Test
  void aLoadWithAnotherKeyIsBalancedByThatKeyFromThereOn() {
    LoadBoundary anew =
        new LoadBoundary(
            "702:702:", books.log.position(1), new RowIdentity(false, List.of("name")));
    books.both(insert(item(1, "a")), insert(item(2, "b")));
    books.echo.write(load(ITEMS, "PENDING", null));
    books.echo.write(load(ITEMS, "PENDING", null), truncate(ITEMS));
    books.echo.write(load(ITEMS, "RUNNING", anew));
    books.echo.write(load(ITEMS, "COMPLETE", anew), insert(item(1, "a")), insert(item(2, "b")));
    // By its id it would be one row, by its name it is another.
    books.log.write(insert(item(1, "c")));
    books.apply(insert(item(1, "d")));
    books.balance();

    assertThat(books.findings)
        .extracting(Imbalance::kind, Imbalance::keyText)
        .containsExactlyInAnyOrder(tuple(Kind.LOST, "name=c"), tuple(Kind.EXTRA, "name=d"));
  }

  @Test
  void theKeyOfTheLastLoadHoldsAlsoAfterARestart() {
    LoadBoundary anew =
        new LoadBoundary(
            "700:700:", books.log.position(1), new RowIdentity(false, List.of("name")));
    books.echo.write(load(ITEMS, "RUNNING", anew));
    books.balance();
    books.both(insert(item(1, "a"))).balance();
    books.log.write(insert(item(1, "c")));
    books.apply(insert(item(1, "d"))).balance();
    assertThat(books.findings).hasSize(2);
  }

  @Test
  void rowsOfARepairAreExplainedAndThoseOfOtherTablesAndWavesAreNot() {
    books.echo.write(repair("main", ITEMS), update(item(1, "mended")), deleteItem(2));
    books.balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().loaded()).isEqualTo(2);

    books.echo.write(repair("main", ITEMS), update(item(1, "mended")), insert(note(1, "n")));
    books.echo.write(repair("other", ITEMS), update(item(3, "n")));
    books.balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind, Imbalance::table)
        .containsExactly(tuple(Kind.FOREIGN_WRITER, NOTES), tuple(Kind.FOREIGN_WRITER, ITEMS));
  }
}
