package nl.veer.control.mending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.dashboard.live.DatabaseView;
import nl.veer.control.dashboard.view.Cause;
import nl.veer.control.dashboard.view.KeyEvent;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.RecordQuery;
import nl.veer.control.dashboard.view.RowView.Search;
import nl.veer.control.dashboard.view.ShownRow;
import nl.veer.control.dashboard.view.WaveDifferences.Line;
import nl.veer.control.status.MigrationStatus;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.FindingRecord;
import org.jspecify.annotations.Nullable;

/** What the dashboard is told of damaged rows, at each step of their mending. */
final class Told {
  private static final String ITEMS = "public.items";

  /** Somebody who waits to the end. */
  private static final Search PATIENT =
      new Search() {
        @Override
        public boolean isWanted() {
          return true;
        }

        @Override
        public void at(String words) {
          assertThat(words).matches("Reading the (log|echo): [\\d,]+ of [\\d,]+ records\\.");
        }
      };

  private final CrossingWorld world;
  private final Mend mend;
  private final DatabaseView view;

  private Told(CrossingWorld world, Mend mend, DatabaseView view) {
    this.world = world;
    this.mend = mend;
    this.view = view;
  }

  static Told of(CrossingWorld world, Mend mend) {
    return new Told(
        world,
        mend,
        new DatabaseView(
            ConfigFile.read(mend.config(), Map.of()),
            mend.config(),
            "test",
            () -> new MigrationStatus("", "", List.of()),
            Mend::log,
            (wave, report) -> {},
            Clock.systemUTC()));
  }

  void whatDiffersByCause() throws SQLException {
    assertThat(scanned(ITEMS, false))
        .extracting(Cause::kind, Cause::column, Cause::newCount, Cause::open, Cause::command)
        .contains(
            tuple("MISSING", null, 1L, 1L, command("diff", ITEMS)),
            tuple("EXTRA", null, 1L, 1L, command("diff", ITEMS)),
            tuple("VALUES", "body", 1L, 1L, command("diff", ITEMS)),
            tuple("VALUES", "code", 2L, 2L, command("diff", ITEMS)))
        .hasSize(5);
    assertThat(scanned("public.trail", false)).hasSize(1);
    assertThat(scanned(ITEMS, false).get(0).column()).as("the worst first").isEqualTo("code");

    // As if it had been found a minute earlier.
    world.onTarget(
        "UPDATE veer.difference SET found_at = found_at - interval '1 minute'"
            + " WHERE kind = 'MISSING'");
    Cause missing = cause("MISSING", false);
    assertThat(List.of(missing.newCount(), missing.confirmed())).containsExactly(0L, 1L);

    assertThat(lines("VALUES", "code"))
        .extracting(Line::columns)
        .containsExactly(List.of("code"), List.of("code"));
    assertThat(lines("EXTRA", null)).hasSize(1);
    assertThat(lines("VALUES", "cod")).isEmpty();
  }

  void whoDidItByCause() {
    assertThat(scanned(ITEMS, false))
        .allSatisfy(
            cause -> {
              assertThat(cause.explained()).isEqualTo(cause.open()).isPositive();
              assertThat(cause.culprit()).isEqualTo("FOREIGN_WRITER");
              assertThat(cause.blame()).isNotBlank();
              assertThat(cause.command()).isEqualTo(command("repair", ITEMS));
            });
    assertThat(causes("LEDGER", "public.tended", false))
        .isNotEmpty()
        .allSatisfy(
            cause -> {
              assertThat(cause.explained()).isEqualTo(cause.open()).isPositive();
              assertThat(cause.culprit()).isEqualTo("TARGET");
              assertThat(cause.command()).isEqualTo(command("scan", "public.tended"));
            });
  }

  void whatBecameOfARow() throws SQLException {
    DifferenceRecord bent = difference("1");
    KeyHistory history = history(ITEMS, bent.keyDigest());

    assertThat(history.state()).as(history.words()).isEqualTo(KeyHistory.State.DONE);
    assertThat(history.complete()).isTrue();
    assertThat(history.log()).extracting(KeyEvent::op).containsExactly("UPDATE");
    assertThat(history.echo())
        .extracting(KeyEvent::op, KeyEvent::writer)
        .containsExactly(tuple("UPDATE", "APPLY"), tuple("UPDATE", "FOREIGN_WRITER"));
    assertThat(history.echo().get(0).after())
        .as("what was applied is what the log has")
        .isEqualTo(history.log().get(0).after());
    assertThat(history.echo().get(0).applied())
        .isGreaterThanOrEqualTo(history.log().get(0).transaction());
    assertThat(history.echo().get(1).columns()).contains("note", "price").doesNotContain("code");
    assertThat(history.toString()).doesNotContain("bent", "note 1");

    FindingRecord finding =
        mend.onRecord().findings().stream()
            .filter(one -> one.table().equals(ITEMS) && one.keyText().equals("id=1"))
            .findFirst()
            .orElseThrow();
    assertThat(history(ITEMS, finding.keyDigest()).echo())
        .as("the same row as the ledger names it")
        .extracting(KeyEvent::position)
        .isEqualTo(history.echo().stream().map(KeyEvent::position).toList());
    assertThat(history(ITEMS, "0".repeat(32)).state()).isEqualTo(KeyHistory.State.NOT_KEPT);
    assertThat(history("public.trail", digest("public.trail")).words()).contains("no key");
  }

  void whatBothSidesHold() throws SQLException {
    ShownRow bent = view.values(world.wave.wave(), difference("1").id()).orElseThrow();
    assertThat(bent.key()).containsExactly(new ShownRow.KeyValue("id", "1"));
    assertThat(bent.columns())
        .contains(
            new ShownRow.Both("note", "note 1", "bent", false, false, false),
            new ShownRow.Both("price", "2.00", "3.00", false, false, false))
        .extracting(ShownRow.Both::column)
        .doesNotContain("id", "code", "body");
    assertThat(bent.sourcePosition()).isNotNull();
    assertThat(bent.targetPosition()).isNotNull();

    ShownRow missing = view.values(world.wave.wave(), difference("2").id()).orElseThrow();
    assertThat(missing.columns())
        .allMatch(column -> column.targetAbsent() && !column.sourceAbsent())
        .filteredOn(column -> column.column().equals("body"))
        .allSatisfy(
            column -> {
              assertThat(column.source()).hasSize(4_096);
              assertThat(column.cut()).isTrue();
            })
        .hasSize(1);
    assertThat(view.values(world.wave.wave(), Long.MAX_VALUE)).isEmpty();
  }

  void whatWasRepaired() {
    assertThat(scanned(ITEMS, false)).as("nothing is open").isEmpty();
    assertThat(scanned(ITEMS, true))
        .hasSize(5)
        .allSatisfy(
            cause -> {
              assertThat(cause.repaired()).isEqualTo(cause.total()).isPositive();
              assertThat(cause.command()).isEqualTo(command("scan", ITEMS));
            });
  }

  void whatWasVerifiedAgain() {
    assertThat(scanned(ITEMS, true))
        .hasSize(5)
        .allSatisfy(
            cause -> {
              assertThat(cause.verifiedAgain()).isEqualTo(cause.total()).isPositive();
              assertThat(cause.command()).isNull();
            });
    assertThat(scanned("public.trail", true))
        .as("of which there was no scan since")
        .allSatisfy(cause -> assertThat(cause.verifiedAgain()).isZero());
    assertThat(causes("LEDGER", ITEMS, true))
        .isNotEmpty()
        .allSatisfy(cause -> assertThat(cause.verifiedAgain()).isEqualTo(cause.total()));
  }

  private String command(String name, String table) {
    return "veer %s --wave %s --table %s".formatted(name, world.wave.wave(), table);
  }

  private List<Cause> scanned(String table, boolean closed) {
    return causes("SCAN", table, closed);
  }

  private List<Cause> causes(String foundBy, String table, boolean closed) {
    return view.causes(world.wave.wave(), closed).causes().stream()
        .filter(one -> one.foundBy().equals(foundBy) && one.table().equals(table))
        .toList();
  }

  private Cause cause(String kind, boolean closed) {
    return scanned(ITEMS, closed).stream()
        .filter(one -> one.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private List<Line> lines(String kind, @Nullable String column) {
    return view.differences(new RecordQuery(world.wave.wave(), ITEMS, kind, column, false, 0, 100))
        .get(0)
        .differences();
  }

  private KeyHistory history(String table, String key) {
    return view.keyHistory(world.wave.wave(), table, key, PATIENT);
  }

  private DifferenceRecord difference(String id) throws SQLException {
    return mend.differences().stream()
        .filter(
            one -> one.table().toString().equals(ITEMS) && one.key().texts().equals(List.of(id)))
        .findFirst()
        .orElseThrow();
  }

  private String digest(String table) throws SQLException {
    return mend.differences().stream()
        .filter(one -> one.table().toString().equals(table))
        .map(DifferenceRecord::keyDigest)
        .findFirst()
        .map(Objects::requireNonNull)
        .orElseThrow();
  }
}
