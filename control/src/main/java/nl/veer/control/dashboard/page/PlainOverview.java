package nl.veer.control.dashboard.page;

import java.util.ArrayList;
import java.util.List;
import nl.veer.control.dashboard.api.MigrationBody;
import nl.veer.control.dashboard.api.WaveBody;
import nl.veer.control.dashboard.api.WavesBody;
import nl.veer.control.report.Html;
import nl.veer.control.report.Html.Cell;
import org.jspecify.annotations.Nullable;

/** The verdict of each wave, for browsers without scripts, with the way to the API. Pure. */
public final class PlainOverview {
  private PlainOverview() {}

  public static Html of(MigrationBody migration, WavesBody waves) {
    Html html = new Html();
    html.in("h1", "Veer: " + migration.migration());
    html.in("p", "verdict " + Html.verdictClass(migration.verdict()), migration.verdict());
    html.in("p", age(migration.ageMillis()));
    html.table(
        List.of("Wave", "State", "Verdict", "At position", "#Lag (ms)", "#Equal", "#Tables", "Why"),
        waves.waves().stream().map(PlainOverview::row).toList());
    if (!migration.troubles().isEmpty()) {
      html.in("h2", "In the way");
      html.raw("<ul>\n");
      migration.troubles().forEach(trouble -> html.in("li", trouble));
      html.raw("</ul>\n");
    }
    html.raw(
        """
        <h2>Programs</h2>
        <p>The same, and more, as JSON: <a href="/api/v1/migration">migration</a>,
        <a href="/api/v1/waves">waves</a>, <a href="/api/v1/differences">differences</a>,
        <a href="/api/v1/incidents">incidents</a>, <a href="/api/v1/gate">gate</a>,
        <a href="/api/v1/cutover">cutover</a>, <a href="/api/v1/audit">audit</a>,
        <a href="/api/v1/report">report</a>; as it happens:
        <a href="/api/v1/events">events</a>; all of it described:
        <a href="/api/v1/openapi.json">OpenAPI</a>.</p>
        """);
    return html;
  }

  private static String age(@Nullable Long millis) {
    return millis == null
        ? "Nothing was read yet."
        : "As of %.1f seconds ago. Load the page again for now.".formatted(millis / 1000.0);
  }

  private static List<Cell> row(WaveBody wave) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(wave.wave()));
    cells.add(Cell.of(wave.state().name()));
    cells.add(Cell.verdict(wave.verdict().verdict()));
    cells.add(Cell.code(wave.verdict().position()));
    Long lag = wave.lagMillis();
    cells.add(lag == null ? Cell.of(null) : Cell.number(lag));
    cells.add(Cell.number(wave.verdict().equal()));
    cells.add(Cell.number(wave.verdict().tables()));
    cells.add(Cell.of(wave.verdict().words()));
    return cells;
  }
}
