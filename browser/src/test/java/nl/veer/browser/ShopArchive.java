package nl.veer.browser;

import java.util.List;
import nl.veer.control.status.LegFigures;
import nl.veer.control.status.LoadStatus;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;

/** A second wave of the shop, in the middle of its load. */
final class ShopArchive {
  static final String WAVE = "archive";

  private static final long LOADED = 1_250_000;
  private static final long ESTIMATED = 5_000_000;

  private ShopArchive() {}

  static WaveStatus status(String position) {
    return new WaveStatus(
        WAVE,
        new LegFigures(0, "source", "target"),
        WaveState.LOADING,
        position,
        position,
        null,
        null,
        null,
        null,
        null,
        new LoadStatus(
            2,
            1,
            LOADED,
            ESTIMATED,
            LOADED * 180,
            25_000,
            List.of(
                new LoadStatus.Table("archive.orders", true, 250_000, 250_000, 45_000_000),
                new LoadStatus.Table("archive.visits", false, 1_000_000, 4_750_000, 180_000_000))),
        null,
        null,
        new VerdictFigures(
            "UNKNOWN",
            "LOADING",
            "archive.visits is being loaded.",
            null,
            null,
            null,
            List.of(table("archive.orders"), table("archive.visits"))),
        null,
        List.of(),
        null,
        List.of());
  }

  private static VerdictFigures.Table table(String name) {
    return new VerdictFigures.Table(
        name, "UNKNOWN", "LOADING", "It is being loaded.", null, 0, null, List.of());
  }
}
