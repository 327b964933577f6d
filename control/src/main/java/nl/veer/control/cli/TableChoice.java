package nl.veer.control.cli;

import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.wave.Leg;
import nl.veer.replicator.stamp.TableLoad;
import nl.veer.replicator.stamp.WaveRecords;
import org.jspecify.annotations.Nullable;

/** The table that a command is about. */
final class TableChoice {
  private TableChoice() {}

  /**
   * Reads {@code schema.table}, whose names may have dots.
   *
   * @param text null for all tables
   * @return null for all tables
   * @throws Failure CONFIGURATION if it is in none of these waves
   */
  static @Nullable TableId of(@Nullable String text, List<Leg> legs) {
    if (text == null) {
      return null;
    }
    List<TableId> known = new ArrayList<>();
    for (Leg leg : legs) {
      known.addAll(leg.tables());
      new WaveRecords(new PostgresTarget(), leg.to())
          .loads(leg.wave()).stream().map(TableLoad::table).forEach(known::add);
    }
    return known.stream()
        .filter(table -> table.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    FailureKind.CONFIGURATION,
                    "TABLE",
                    "Table " + text + " is in none of the waves. Write schema.table."));
  }
}
