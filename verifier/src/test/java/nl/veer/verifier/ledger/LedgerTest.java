package nl.veer.verifier.ledger;

import static nl.veer.verifier.ledger.Books.ABSENT;
import static nl.veer.verifier.ledger.Books.ITEMS;
import static nl.veer.verifier.ledger.Books.NOTES;
import static nl.veer.verifier.ledger.Books.boundary;
import static nl.veer.verifier.ledger.Books.deleteItem;
import static nl.veer.verifier.ledger.Books.insert;
import static nl.veer.verifier.ledger.Books.item;
import static nl.veer.verifier.ledger.Books.load;
import static nl.veer.verifier.ledger.Books.note;
import static nl.veer.verifier.ledger.Books.truncate;
import static nl.veer.verifier.ledger.Books.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.verifier.ledger.Imbalance.Kind;
import nl.veer.verifier.ledger.Imbalance.Outcome;
import nl.veer.verifier.ledger.Topic.Change;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Change HEARTBEAT = place -> new Heartbeat(place, Instant.EPOCH);

  @TempDir Path directory;
  private Books books;

  @BeforeEach
  void claim() {
    books = Books.claimed(directory);
  }

  @Test
  void whatIsTheSameOnBothSidesBalances() {
    books.both(insert(item(1, "a")), insert(item(2, "b")), insert(note(1, "x")));
    books.both(update(item(1, "c", "2.00", 0.5, ABSENT)), deleteItem(2));
    books.both(update(item(1, null, null, null, null), item(3, "c", "2.00", 0.5, ABSENT)));
    books.both(update(note(1, "x"), note(1, "y")), truncate(ITEMS), insert(item(9, "z")));
    books.balance();

    assertThat(books.findings).isEmpty();
    LedgerStatus status = books.status();
    assertThat(status.balanced())
        .isEqualTo(new Balanced(0, 4, books.log.position(4), books.log.offset(), Topic.time(4)));
    assertThat(status.counts().transactions()).isEqualTo(4);
    assertThat(status.counts().rows()).isEqualTo(10);
    assertThat(status.counts().incomparable()).isZero();
    assertThat(status.counts().unbalanced()).isZero();
    assertThat(status.echoTransaction()).isEqualTo(5);
  }

  @Test
  void aBatchOfManyTransactionsIsOneNetEffect() {
    books.log.write(insert(item(1, "a")), insert(item(2, "b")));
    books.log.write(update(item(1, "c", "2.00", 0.5, ABSENT)), deleteItem(2));
    books.log.write(HEARTBEAT);
    books.log.write(insert(item(4, "d")), deleteItem(4));
    books.apply(insert(item(1, "c", "2.00", 0.5, "big 1")));
    books.balance();

    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().transactions()).isEqualTo(4);
    assertThat(books.status().counts().rows()).isEqualTo(1);
  }

  @Test
  void aTransactionOfHeartbeatsMovesTheStampWithoutRows() {
    books.both(HEARTBEAT).balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().balanced()).extracting(Balanced::transaction).isEqualTo(1L);
  }

  @Test
  void theStampsOfOtherWavesAreNoneOfOurs() {
    books.both(insert(item(1, "a")));
    books.echo.write(books.stamp("other", 99, 99));
    books.both(insert(item(2, "b"))).balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().rows()).isEqualTo(2);
  }

  @Test
  void aLostEventIsFound() {
    books.log.write(insert(item(1, "a")), insert(item(2, "b")));
    books.apply(insert(item(1, "a"))).balance();

    Imbalance lost = only(Kind.LOST, ITEMS);
    assertThat(lost.keyText()).isEqualTo("id=2");
    assertThat(lost.toString()).doesNotContain("id=2");
    assertThat(lost.inLog()).isEqualTo(Outcome.PRESENT);
    assertThat(lost.log().place()).extracting("transaction", "order").containsExactly(1L, 2L);
    assertThat(lost.log().position()).isEqualTo(books.log.position(1));
    assertThat(lost.echo().position()).isEqualTo(books.echo.position(2));
    assertThat(lost.echo().transaction()).isEqualTo(Topic.xid(2));
    assertThat(books.status().counts().findings()).isEqualTo(1);
  }

  @Test
  void aLostDeleteIsFound() {
    books.both(insert(item(1, "a")));
    books.log.write(deleteItem(1));
    books.apply().balance();
    assertThat(only(Kind.LOST, ITEMS).inLog()).isEqualTo(Outcome.DELETED);
  }

  @Test
  void anEventThatIsAppliedAgainLaterIsFound() {
    books.both(update(item(1, "a")));
    books.log.write(update(item(2, "b")));
    books.apply(update(item(2, "b")), update(item(1, "a"))).balance();
    assertThat(only(Kind.EXTRA, ITEMS).keyText()).isEqualTo("id=1");
  }

  @Test
  void aDoubledRowOfATableWithoutAKeyIsFound() {
    books.log.write(insert(note(1, "x")), insert(note(1, "x")));
    books.apply(insert(note(1, "x")), insert(note(1, "x")), insert(note(1, "x"))).balance();
    Imbalance doubled = only(Kind.DIFFERENT_VALUES, NOTES);
    assertThat(doubled.rows()).isEqualTo(1);
  }

  @Test
  void rowsOfATableWithoutAKeyAreAMultiset() {
    books.log.write(insert(note(1, "x")), insert(note(2, "y")), insert(note(1, "x")));
    books.apply(insert(note(1, "x")), insert(note(1, "x")), insert(note(2, "y")));
    books.log.write(update(note(1, "x"), note(1, "z")), Books.delete(note(2, "y")));
    books.apply(Books.delete(note(2, "y")), update(note(1, "x"), note(1, "z")));
    books.balance();
    assertThat(books.findings).isEmpty();
  }

  @Test
  void aLostAndAnExtraRowOfATableWithoutAKeyAreFound() {
    books.log.write(insert(note(1, "")), insert(note(2, "y")));
    books.apply(insert(note(1, null)), insert(note(2, "y"))).balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind)
        .containsExactlyInAnyOrder(Kind.LOST, Kind.EXTRA);
  }

  @Test
  void swappedRowsAreFound() {
    books.log.write(insert(item(1, "a")), insert(item(2, "b")));
    books.apply(
        insert(item(1, "b", "1.00", 0.5, "big 1")), insert(item(2, "a", "1.00", 0.5, "big 2")));
    books.balance();
    assertThat(books.findings)
        .hasSize(2)
        .allSatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.DIFFERENT_VALUES);
              assertThat(finding.columns()).containsExactly("name");
            });
  }

  @Test
  void aStaleWriteIsFound() {
    books.both(insert(item(1, "a")));
    books.log.write(update(item(1, "b")), update(item(1, "c")));
    books.apply(update(item(1, "c")), update(item(1, "b"))).balance();
    assertThat(only(Kind.DIFFERENT_VALUES, ITEMS).columns()).containsExactly("name");
  }

  @Test
  void theSmallestChangesOfAValueAreFound() {
    assertDiffers("name", item(1, "a"), item(1, "a "));
    assertDiffers("name", item(1, "a"), item(1, "`"));
    assertDiffers("name", item(1, null, "1", 0.0, ""), item(1, "", "1", 0.0, ""));
    assertDiffers("price", item(1, "a", "1.0", 0.0, ""), item(1, "a", "1.00", 0.0, ""));
    assertDiffers("price", item(1, "a", "{1,2}", 0.0, ""), item(1, "a", "{2,1}", 0.0, ""));
    assertDiffers("price", item(1, "a", "sad", 0.0, ""), item(1, "a", "glad", 0.0, ""));
    assertDiffers("weight", item(1, "a", "1", 0.0, ""), item(1, "a", "1", -0.0, ""));
    assertDiffers("weight", item(1, "a", "1", 1.0, ""), item(1, "a", "1", Math.nextUp(1.0), ""));
    assertDiffers("weight", item(1, "a", "1", null, ""), item(1, "a", "1", 0.0, ""));
    assertDiffers("big", item(1, "a", "1", 0.0, "long"), item(1, "a", "1", 0.0, "lang"));
  }

  private void assertDiffers(String column, RowImage source, RowImage target) {
    Books one = Books.claimed(directory);
    one.log.write(insert(source));
    one.apply(insert(target)).balance();
    assertThat(one.findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.DIFFERENT_VALUES);
              assertThat(finding.columns()).containsExactly(column);
            });
  }

  @Test
  void aValueThatTheTargetDoesNotWriteIsFound() {
    books.both(insert(item(1, "a")));
    books.log.write(update(item(1, "b", "1.00", 0.5, "new")));
    books.apply(update(item(1, "b", "1.00", 0.5, ABSENT))).balance();
    assertThat(only(Kind.DIFFERENT_VALUES, ITEMS).columns()).containsExactly("big");
  }

  @Test
  void aValueThatOnlyTheTargetWritesIsCountedAndLeftToTheScan() {
    books.both(insert(item(1, "a")));
    books.log.write(update(item(1, "b", "1.00", 0.5, ABSENT)));
    books.apply(update(item(1, "b", "1.00", 0.5, "big 1"))).balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().incomparable()).isEqualTo(1);
  }

  @Test
  void anExtraRowAndADeletedRowInAStampedTransactionAreFound() {
    books.both(insert(item(1, "a")));
    books.log.write(insert(item(2, "b")));
    books.apply(insert(item(2, "b")), insert(item(3, "c")), deleteItem(1)).balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind, Imbalance::inEcho, Imbalance::keyText)
        .containsExactlyInAnyOrder(
            tuple(Kind.EXTRA, Outcome.PRESENT, "id=3"), tuple(Kind.EXTRA, Outcome.DELETED, "id=1"));
  }

  @Test
  void aForeignWriterIsFoundAndDoesNotDisturbWhatFollows() {
    books.both(insert(item(1, "a")));
    books.echo.write(update(item(1, "hacked")), insert(item(7, "h")), deleteItem(7));
    books.both(insert(item(2, "b"))).balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind, Imbalance::keyText)
        .containsExactlyInAnyOrder(
            tuple(Kind.FOREIGN_WRITER, "id=1"), tuple(Kind.FOREIGN_WRITER, "id=7"));
    assertThat(books.findings.get(0).echo().transaction()).isEqualTo(Topic.xid(3));
    assertThat(books.findings.get(0).kind().code()).isEqualTo("FOREIGN_WRITER");
    assertThat(books.status().counts().rows()).isEqualTo(2);
  }

  /** A claim moves the stamp of nothing, so it explains nothing. */
  @Test
  void aStampThatDoesNotMoveExplainsNoRow() {
    books.both(insert(item(1, "a")));
    books.apply(update(item(1, "b"))).balance();
    only(Kind.FOREIGN_WRITER, ITEMS);
  }

  @Test
  void aTruncatedTableIsFound() {
    books.both(insert(item(1, "a")));
    books.echo.write(truncate(ITEMS));
    books.log.write(truncate(NOTES), insert(note(1, "x")));
    books.apply(insert(note(1, "x"))).balance();
    assertThat(books.findings)
        .extracting(Imbalance::kind, Imbalance::table)
        .containsExactly(tuple(Kind.FOREIGN_WRITER, ITEMS), tuple(Kind.LOST, NOTES));
  }

  @Test
  void aStampThatJumpsBeyondTheLogIsFound() {
    books.both(insert(item(1, "a")));
    books.echo.write(insert(item(2, "b")), books.stamp(40, 400));
    books.balance();
    assertThat(books.findings).extracting(Imbalance::kind).containsExactly(Kind.STAMP);
    assertThat(books.status().counts().unbalanced()).isEqualTo(1);
  }

  /** A slow Kafka is silent for longer than any patience, and the log goes on all the same. */
  @Test
  void aLogThatIsSilentBeforeItsEndIsWaitedFor() {
    books.both(insert(item(1, "a")), insert(item(2, "b")));
    books.log.slowFor(5);
    books.balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().rows()).isEqualTo(2);
  }

  @Test
  void aStampThatJumpsOverTransactionsOfTheLogLosesTheirRows() {
    books.log.write(insert(item(1, "a")));
    books.log.write(insert(item(2, "b")));
    books.apply(insert(item(2, "b"))).balance();
    assertThat(only(Kind.LOST, ITEMS).keyText()).isEqualTo("id=1");
  }

  @Test
  void aStampThatGoesBackIsFoundAndWhatFollowsIsBalancedFromThere() {
    books.both(insert(item(1, "a")));
    long offset = books.log.offset();
    books.both(insert(item(2, "b")));
    books.echo.write(books.stamp(1, offset));
    books.apply(insert(item(2, "b"))).balance();
    assertThat(books.findings).extracting(Imbalance::kind).containsExactly(Kind.STAMP);
    assertThat(books.status().counts().rows()).isEqualTo(3);
  }

  @Test
  void aWaveThatIsLoadedAnewBeginsTheLedgerAnew() {
    books.both(insert(item(1, "a")));
    books.echo.write(books.resetStamp(), load(ITEMS, "PENDING", null));
    books.echo.write(load(ITEMS, "PENDING", null), truncate(ITEMS));
    books.echo.write(load(ITEMS, "RUNNING", boundary("701:702:", 1500)), insert(item(1, "a")));
    books.echo.write(load(ITEMS, "RUNNING", boundary("701:702:", 1500)), truncate(ITEMS));
    books.echo.write(load(ITEMS, "COMPLETE", boundary("701:702:", 1500)), insert(item(1, "a")));
    books.log.write(insert(item(2, "b")));
    books.apply(insert(item(2, "b"))).balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().balanced()).extracting(Balanced::transaction).isEqualTo(2L);
    assertThat(books.status().counts().loaded()).isEqualTo(2);
  }

  @Test
  void aGapInTheLogIsFoundAndReadPast() {
    books.both(insert(item(1, "a")));
    books.log.skip(2).write(insert(item(2, "b")));
    books.apply(insert(item(2, "b")));
    books.both(insert(item(3, "c"))).balance();
    assertThat(books.findings).extracting(Imbalance::kind).containsExactly(Kind.NUMBERING);
    assertThat(books.status().counts().unbalanced()).isEqualTo(1);
    assertThat(books.status().counts().rows()).isEqualTo(2);
    assertThat(books.status().balanced())
        .as("no scan before it proves what is behind it")
        .extracting(Balanced::from, Balanced::transaction)
        .containsExactly(4L, 5L);
  }

  @Test
  void aMiscountedTransactionOfTheLogIsFound() {
    books.log.miscounted(3, insert(item(1, "a")), insert(item(2, "b")));
    books.apply(insert(item(1, "a")), insert(item(2, "b")));
    books.both(insert(item(3, "c"))).balance();
    assertThat(books.findings).extracting(Imbalance::kind).containsExactly(Kind.NUMBERING);
    assertThat(books.status().counts().rows()).isEqualTo(1);
  }

  @Test
  void aGapInTheEchoIsFoundAndTheNextStampIsANewBeginning() {
    books.both(insert(item(1, "a")));
    books.log.write(insert(item(2, "b")));
    books.echo.skip(1);
    books.both(insert(item(3, "c")));
    books.both(insert(item(4, "d"))).balance();
    assertThat(books.findings).extracting(Imbalance::kind).containsExactly(Kind.NUMBERING);
    assertThat(books.status().counts().unbalanced()).isEqualTo(1);
    assertThat(books.status().counts().rows()).isEqualTo(2);
    assertThat(books.status().balanced())
        .isEqualTo(new Balanced(3, 4, books.log.position(4), books.log.offset(), Topic.time(4)));
  }

  @Test
  void tornAndSupersededTransactionsCountForNothing() {
    books.log.write(insert(item(1, "a")));
    books.log.torn(insert(item(2, "b")), insert(item(3, "c")));
    books.log.torn(insert(item(2, "b")));
    books.log.write(insert(item(2, "b")), insert(item(3, "c")));
    Change[] rows = {insert(item(1, "a")), insert(item(2, "b")), insert(item(3, "c"))};
    books.echo.torn(insert(item(1, "a")), insert(item(9, "never")));
    books.apply(rows);
    books.both(insert(item(4, "d"))).balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().rows()).isEqualTo(4);
    assertThat(books.status().counts().transactions()).isEqualTo(3);
  }

  @Test
  void aTransactionThatIsWrittenAgainIsPassedOver() {
    books.both(insert(item(1, "a")));
    books.log.skip(-1).write(insert(item(1, "a")));
    books.echo.skip(-1).write(insert(item(1, "a")), books.stamp());
    books.both(insert(item(2, "b"))).balance();
    assertThat(books.findings).isEmpty();
    assertThat(books.status().counts().rows()).isEqualTo(2);
  }

  @Test
  void whatATablesLoadIncludesIsSkippedForThatTableAlone() {
    books.boundaries.put(ITEMS, boundary("702:704:703", 3500));
    books.log.write(insert(item(1, "loaded")), insert(note(1, "x")));
    books.apply(insert(note(1, "x")));
    books.log.write(insert(item(2, "loaded too")));
    books.log.write(insert(item(3, "in progress at the load")));
    books.log.write(insert(item(4, "later")));
    books.apply(insert(item(3, "in progress at the load")), insert(item(4, "later")));
    books.balance();
    assertThat(books.findings)
        .as("transaction 702 is not included: the snapshot's xmin is 702, its xmax 704")
        .isEmpty();
  }

  @Test
  void aBoundaryThatIsPassedIsNotAskedAgain() {
    books.boundaries.put(ITEMS, boundary("900:900:", 1500));
    books.log.write(HEARTBEAT);
    books.log.write(HEARTBEAT);
    books.log.write(insert(item(1, "its number seems included")));
    books.apply(insert(item(1, "its number seems included"))).balance();
    assertThat(books.findings).isEmpty();
  }

  @Test
  void rowsOfALoadAreExplainedAndThoseOfOtherTablesBesideItAreNot() {
    books.echo.write(load(ITEMS, "RUNNING", boundary("1:1:", 1)));
    books.echo.write(load(ITEMS, "COMPLETE", boundary("1:1:", 1)), insert(item(1, "a")));
    books.echo.write(
        load(ITEMS, "COMPLETE", boundary("1:1:", 1)), insert(item(2, "b")), insert(note(1, "n")));
    books.balance();
    only(Kind.FOREIGN_WRITER, NOTES);
    assertThat(books.status().counts().loaded()).isEqualTo(2);
  }

  /**
   * The echo may begin where the replicator runs already: its first stamp moved from nobody knows.
   */
  @Test
  void theFirstStampOnlySaysWhereTheLedgerBegins() {
    Books late = new Books(directory);
    late.log.write(insert(item(1, "a")));
    late.both(insert(item(2, "b")));
    late.both(insert(item(3, "c"))).balance();
    assertThat(late.findings).isEmpty();
    assertThat(late.status().balanced()).extracting(Balanced::from).isEqualTo(2L);
    assertThat(late.status().counts().unbalanced()).isEqualTo(1);
    assertThat(late.status().counts().rows()).isEqualTo(1);
  }

  @Test
  void aRestartAtEveryRecordOfTheEchoFindsTheSameOnce() {
    populate(books);
    books.balance();
    List<Imbalance> expected = List.copyOf(books.findings);
    LedgerCounts counts = books.status().counts();
    assertThat(expected).hasSizeGreaterThan(8);

    books.forget();
    for (int visible = 1; visible <= books.echo.offset(); visible++) {
      books.balance(visible);
    }
    assertThat(books.findings).isEqualTo(expected);
    assertThat(books.findings).extracting(Imbalance::identity).doesNotHaveDuplicates();
    assertThat(books.status().counts()).isEqualTo(counts);
  }

  @Test
  void whatDoesNotFitIntoMemoryGivesTheSameAnswer() throws IOException {
    populate(books);
    books.balance();
    List<Imbalance> expected = List.copyOf(books.findings);
    LedgerCounts counts = books.status().counts();

    books.forget();
    books.memory = 2;
    books.balance();
    assertThat(books.findings).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(books.status().counts()).isEqualTo(counts);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  private static void populate(Books books) {
    List<Change> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(insert(item(i, "n" + i)));
      many.add(insert(note(i % 7, "n" + i % 3)));
    }
    books.both(many.toArray(Change[]::new));
    List<Change> less = new ArrayList<>(many.subList(0, 100));
    books.log.write(truncate(ITEMS), truncate(NOTES));
    books.log.write(many);
    less.add(0, truncate(ITEMS));
    less.add(1, truncate(NOTES));
    less.add(insert(item(70, "extra")));
    books.apply(less.toArray(Change[]::new));
    books.echo.write(update(item(3, "foreign")));
    books.log.torn(insert(item(80, "torn")));
    books.both(
        update(item(5, "u", "1.00", 0.5, ABSENT)),
        update(item(5, "v", "2.00", 0.5, ABSENT)),
        deleteItem(6),
        update(note(1, "n1"), note(1, "changed")));
    books.echo.write(books.stamp(2, 0));
  }

  @Test
  void filesOfAKilledLedgerAreDeletedAtTheStart() throws IOException {
    Path left = Files.createFile(directory.resolve("veer-ledger-left"));
    Path other = Files.createFile(directory.resolve("other"));
    books.balance();
    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void aColumnThatOnlyTheTargetHasIsNotCompared() {
    RowType wider =
        new RowType(
            List.of(
                new RowType.Column("extra", ColumnEncoding.TEXT),
                new RowType.Column("text", ColumnEncoding.TEXT),
                new RowType.Column("author", ColumnEncoding.INT32)));
    RowImage row = new RowImage(wider, new @Nullable Object[] {"default", "x", 1});
    books.log.write(insert(note(1, "x")));
    books.apply(place -> new RowInserted(place, NOTES, row)).balance();
    assertThat(books.findings).isEmpty();
    books.log.write(insert(note(1, "y")));
    books.apply(place -> new RowInserted(place, NOTES, row)).balance();
    assertThat(books.findings).hasSize(2);
  }

  @Test
  void tolerancesAreAppliedAndCounted() {
    books.tolerances =
        new Tolerances(
            List.of(new Tolerance.LeftOut(ITEMS, "big"), new Tolerance.Rounded(ITEMS, "price", 1)));
    books.log.write(insert(item(1, "a", "1.04", 0.5, "x")), insert(item(2, "b", "2.0", 0.5, "x")));
    books.apply(insert(item(1, "a", "1.0", 0.5, "y")), insert(item(2, "b", "2.00", 0.5, "y")));
    books.log.write(insert(item(3, "a", "1.0", 0.5, "x")));
    books.apply(insert(item(3, "a", "1.2", 0.5, "x"))).balance();
    assertThat(only(Kind.DIFFERENT_VALUES, ITEMS).columns()).containsExactly("price");
    assertThat(books.status().counts().tolerated())
        .containsEntry("shop.items.big left out", 3L)
        .containsEntry("shop.items.price rounded to 1 decimals", 1L);
  }

  @Test
  void theFirstFindingsOfATransactionAreKeptInDetailAndTheRestCounted() {
    List<Change> many = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      many.add(insert(item(i, "n")));
    }
    books.log.write(many);
    books.apply().balance();
    assertThat(books.findings).hasSize(100);
    assertThat(books.further)
        .extracting(Found.Further::kind, Found.Further::table, Found.Further::count)
        .containsExactly(tuple(Kind.LOST, ITEMS, 150L));
    assertThat(books.status().counts().findings()).isEqualTo(250);
  }

  @Test
  void thatAMarkerWasWeighedIsOnRecordAtOnceThoughMoreComes() {
    books.checkpointEvery = Duration.ofHours(1);
    books.both(insert(item(1, "a")));
    books.both(insert(item(2, "b")));
    books.both(place -> new Marker(place, "fence", "7"));
    books.both(insert(item(3, "c")));
    books.both(insert(item(4, "d")));
    books.balance();

    assertThat(books.findings).isEmpty();
    assertThat(books.saved).as("the marker's, and at the end").containsExactly(3L, 5L);
  }

  @Test
  void refusesToGoOnWithAnotherTopic() {
    books.both(insert(item(1, "a"))).balance();
    books.save(
        new LedgerCheckpoint(1, "echo-0", 1, 1, null, "log-1", null, LedgerCounts.NONE, Map.of()),
        Found.NOTHING);
    assertThatThrownBy(books::balance)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("LEDGER_PLACE"));
  }

  private Imbalance only(Kind kind, TableId table) {
    assertThat(books.findings).hasSize(1);
    Imbalance finding = books.findings.get(0);
    assertThat(finding.kind()).isEqualTo(kind);
    assertThat(finding.table()).isEqualTo(table);
    return finding;
  }
}
