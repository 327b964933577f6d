package nl.veer.verifier.ledger;

import static nl.veer.verifier.ledger.Books.ITEMS;
import static nl.veer.verifier.ledger.Books.NOTES;
import static nl.veer.verifier.ledger.Books.boundary;
import static nl.veer.verifier.ledger.Books.deleteItem;
import static nl.veer.verifier.ledger.Books.insert;
import static nl.veer.verifier.ledger.Books.item;
import static nl.veer.verifier.ledger.Books.note;
import static nl.veer.verifier.ledger.Books.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import nl.veer.connectors.event.WaveId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The echo of a later leg begins while applications still write on its side. */
class LedgerAdoptionTest {
  private static final LoadBoundary PLACE = boundary("702:702:", 2000);

  @TempDir private Path directory;
  private Books books;

  @BeforeEach
  void applicationsWriteUntilTheLegIsAdopted() {
    books = new Books(directory);
    books.wave = Books.WAVE.leg(1);
    books.boundaries.put(ITEMS, PLACE);
    books.boundaries.put(NOTES, PLACE);
    books.log.write(insert(item(1, "applied by the leg before")));
    books.log.write();
    books.echo.write(insert(item(1, "of an application")), insert(note(1, "x")));
    books.echo.write(update(item(1, "again")), deleteItem(7));
    books.echo.write(books.stamp(), books.adopted(ITEMS, PLACE), books.adopted(NOTES, PLACE));
  }

  @Test
  void whatApplicationsWroteBeforeIsNobodysFault() {
    books.both(insert(item(2, "b")), insert(note(2, "y")));
    books.balance();

    assertThat(books.findings).isEmpty();
    assertThat(books.status().balanced()).extracting(Balanced::transaction).isEqualTo(3L);
    assertThat(books.status().counts().rows()).isEqualTo(2);
  }

  /** A ledger waits until the echo has the loads on record, so it knows that there were none. */
  @Test
  void aRestartAnywhereIsTheSame() {
    books.boundaries.clear();
    books.both(insert(item(2, "b")));
    for (int visible = 1; visible <= books.echo.offset(); visible++) {
      books.balance(visible);
    }

    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().rows()).isEqualTo(1);
  }

  @Test
  void whatIsWrittenBesideTheLegIsFound() {
    books.echo.write(update(item(1, "by somebody")));
    books.balance();

    assertThat(books.findings)
        .extracting(Imbalance::kind)
        .containsExactly(Imbalance.Kind.FOREIGN_WRITER);
  }

  @Test
  void theFirstLegHasNoSuchTime() {
    Books first = new Books(directory);
    first.echo.write(insert(item(1, "by somebody")));
    first.echo.write(first.stamp());
    first.balance();

    assertThat(first.wave).isEqualTo(new WaveId("shop", "main"));
    assertThat(first.findings).hasSize(1);
  }
}
