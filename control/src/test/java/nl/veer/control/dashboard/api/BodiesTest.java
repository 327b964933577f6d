package nl.veer.control.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.feed.StatusNow;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private static final Instant AT = Instant.parse("2026-11-29T18:00:00Z");

  @Test
  void theMigrationIsEqualOnlyIfEveryWaveIs() {
    assertThat(verdict(PlainView.main("EQUAL"))).isEqualTo("EQUAL");
    assertThat(verdict(PlainView.main("EQUAL"), PlainView.dark())).isEqualTo("UNKNOWN");
    assertThat(verdict(PlainView.dark(), PlainView.main("DIFFERENT"))).isEqualTo("DIFFERENT");
    assertThat(verdict()).isEqualTo("UNKNOWN");
  }

  @Test
  void whatWasNeverReadIsUnknown() {
    MigrationBody body =
        Bodies.migration("shop", "1", new StatusNow(1, null, null, "X: away."), AT);
    assertThat(body.verdict()).isEqualTo("UNKNOWN");
    assertThat(body.at()).isNull();
    assertThat(body.troubles()).containsExactly("X: away.");
  }

  @Test
  void whatIsTooOldIsUnknownInEveryBody() {
    StatusNow now = now(PlainView.main("EQUAL"));
    Instant late = AT.plus(StatusNow.SILENT).plusMillis(1);
    WaveBody wave = Bodies.wave("main", now, late).orElseThrow();
    assertThat(wave.state()).isEqualTo(WaveState.UNKNOWN);
    assertThat(wave.lagMillis()).isNull();
    assertThat(wave.bytesBehind()).isNull();
    assertThat(wave.transactionsBehind()).isNull();
    assertThat(wave.echo())
        .satisfies(echo -> assertThat(echo.state()).isEqualTo(WaveState.UNKNOWN))
        .satisfies(echo -> assertThat(echo.bytesKept()).isNull());
    assertThat(wave.ledger())
        .satisfies(ledger -> assertThat(ledger.state()).isEqualTo(LedgerFigures.State.SILENT))
        .satisfies(ledger -> assertThat(ledger.lagMillis()).isNull());
    assertThat(wave.verdict().verdict()).isEqualTo("UNKNOWN");
    assertThat(wave.verdict().reason()).isEqualTo("SILENT");
    assertThat(wave.verdict().equal()).isZero();
    assertThat(Bodies.migration("shop", "1", now, late).verdict()).isEqualTo("UNKNOWN");
    assertThat(tables(now, late).tables())
        .isNotEmpty()
        .allMatch(table -> table.verdict().equals("UNKNOWN"));
    assertThat(
            Bodies.wave("main", now, AT.plus(StatusNow.SILENT)).orElseThrow().verdict().verdict())
        .isEqualTo("EQUAL");
  }

  @Test
  void aTableThatNobodyHasJudgedIsUnknownAndCounted() {
    StatusNow now = now(PlainView.main("DIFFERENT"));
    assertThat(tables(now, AT).tables())
        .extracting(TableBody::table, TableBody::verdict)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("public.orders", "DIFFERENT"),
            org.assertj.core.groups.Tuple.tuple("public.new", "UNKNOWN"),
            org.assertj.core.groups.Tuple.tuple(PlainView.HOSTILE, "EQUAL"));
    VerdictBody verdict = Bodies.wave("main", now, AT).orElseThrow().verdict();
    assertThat(List.of(verdict.tables(), verdict.equal(), verdict.different(), verdict.unknown()))
        .containsExactly(3L, 1L, 1L, 1L);
    assertThat(now.ageMillis(AT.plus(Duration.ofSeconds(2)))).isEqualTo(2_000);
  }

  private static TablePage tables(StatusNow now, Instant at) {
    TablesAsked all = new TablesAsked(null, null, TableOrder.RISK, 0, 9);
    return Bodies.tables("main", all, LookedTables.NONE, now, at).orElseThrow();
  }

  private static String verdict(WaveStatus... waves) {
    return Bodies.migration("shop", "1", now(waves), AT).verdict();
  }

  private static StatusNow now(WaveStatus... waves) {
    return new StatusNow(1, new MigrationStatus("shop", AT.toString(), List.of(waves)), AT, null);
  }
}
