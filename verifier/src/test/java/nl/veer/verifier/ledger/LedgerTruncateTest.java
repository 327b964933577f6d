package nl.veer.verifier.ledger;

import static nl.veer.verifier.ledger.Books.ITEMS;
import static nl.veer.verifier.ledger.Books.NOTES;
import static nl.veer.verifier.ledger.Books.delete;
import static nl.veer.verifier.ledger.Books.deleteItem;
import static nl.veer.verifier.ledger.Books.insert;
import static nl.veer.verifier.ledger.Books.item;
import static nl.veer.verifier.ledger.Books.note;
import static nl.veer.verifier.ledger.Books.truncate;
import static nl.veer.verifier.ledger.Books.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import nl.veer.verifier.ledger.Imbalance.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TRUNCATE of the log, which the target may have to carry out as a DELETE of every row. */
class LedgerTruncateTest {
  @TempDir private Path directory;
  private Books books;

  @BeforeEach
  void claim() {
    books = Books.claimed(directory);
    books.both(insert(item(1, "a")), insert(item(2, "b")), insert(item(3, "c")));
    books.both(insert(note(1, "x")), insert(note(1, "x")), insert(note(2, "y")));
  }

  @Test
  void balancesWithTheDeletionOfEveryRow() {
    books.log.write(insert(item(4, "d")), truncate(ITEMS), insert(item(2, "z")));
    books.apply(deleteItem(1), deleteItem(2), deleteItem(3), insert(item(2, "z"))).balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().balanced())
        .as("that no row was left out is for a later scan to say")
        .satisfies(place -> assertThat(place.from()).isEqualTo(place.transaction()));
    assertThat(books.status().counts().rows()).isEqualTo(6 - 1 + 3);
  }

  /** As it is replayed in the source's order. */
  @Test
  void balancesWithADeletionBetweenOtherChanges() {
    books.log.write(
        update(item(1, "z")), insert(item(4, "d")), truncate(ITEMS), insert(item(5, "e")));
    books.log.write(deleteItem(5));
    books
        .apply(
            update(item(1, "z")),
            insert(item(4, "d")),
            deleteItem(1),
            deleteItem(2),
            deleteItem(3),
            deleteItem(4),
            insert(item(5, "e")),
            deleteItem(5))
        .balance();
    assertThat(books.findings).isEmpty();
  }

  @Test
  void whatComesAfterItIsStillComparedKeyByKey() {
    books.log.write(truncate(ITEMS), insert(item(1, "n")), insert(item(2, "n")));
    books.apply(
        deleteItem(1),
        deleteItem(2),
        deleteItem(3),
        insert(item(1, "other")),
        insert(item(9, "extra")));
    books.balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind, Imbalance::keyText)
        .containsExactlyInAnyOrder(
            tuple(Kind.DIFFERENT_VALUES, "id=1"),
            tuple(Kind.DIFFERENT_VALUES, "id=2"),
            tuple(Kind.EXTRA, "id=9"));
  }

  @Test
  void ofATableThatCannotBeReferredToItIsLostWhereNothingWasDeleted() {
    books.log.write(truncate(ITEMS));
    books.apply().balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind, Imbalance::table)
        .containsExactly(tuple(Kind.LOST, ITEMS));
  }

  @Test
  void ofAnEmptyTableThatIsReferredToItIsLeftToTheScan() {
    books.referenced = true;
    books.both(deleteItem(1), deleteItem(2), deleteItem(3));
    books.log.write(truncate(ITEMS), truncate(NOTES));
    books.apply().balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().incomparable()).isEqualTo(2);
  }

  @Test
  void rowsWithoutAKeyMayBeFewerThanTheLogHasButNotMore() {
    books.log.write(truncate(NOTES), insert(note(1, "x")));
    books.apply(
        delete(note(1, "x")), delete(note(1, "x")), delete(note(2, "y")), insert(note(1, "x")));
    books.balance();
    assertThat(books.findings).isEmpty();

    books.log.write(truncate(NOTES), insert(note(7, "z")));
    books.apply(delete(note(1, "x")), insert(note(7, "z")), insert(note(7, "z"))).balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind, Imbalance::table, Imbalance::rows)
        .containsExactly(tuple(Kind.EXTRA, NOTES, 1L));
  }

  @Test
  void aTruncateThatTheLogDoesNotHaveIsFound() {
    books.log.write(deleteItem(1));
    books.apply(truncate(ITEMS)).balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind)
        .containsExactlyInAnyOrder(Kind.LOST, Kind.EXTRA);
  }
}
