package nl.veer.control.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.postgres.ForeignKey;
import nl.veer.connectors.dialect.postgres.SequenceUse;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * Judges what ties tables together that are not moved together: between the cutovers of two waves,
 * one of the tables is written to on the target and the other on the source. Pure.
 */
final class AcrossWaves {
  private final Map<TableId, String> waves = new HashMap<>();

  /**
   * @param waves the tables of each
   */
  AcrossWaves(Map<WaveId, List<TableId>> waves) {
    waves.forEach((wave, tables) -> tables.forEach(table -> this.waves.put(table, wave.wave())));
  }

  /** Those of which exactly one side is of a wave, or each is of another one. */
  List<Finding> foreignKeys(Collection<ForeignKey> keys) {
    List<Finding> findings = new ArrayList<>();
    for (ForeignKey key : keys) {
      String wave = waves.get(key.table());
      String other = waves.get(key.references());
      if (!Objects.equals(wave, other)) {
        findings.add(
            Finding.warning(
                "FOREIGN_KEY_ACROSS_WAVES",
                key.table() + "." + key.name(),
                "Table %s, %s, refers to table %s, %s. %s The gate stays shut for it."
                    .formatted(
                        key.table(),
                        in(wave),
                        key.references(),
                        in(other),
                        wave == null || other == null
                            ? "What is in no wave is not carried over."
                            : "Between the two cutovers each is written to on another server, where"
                                + " nothing enforces the key."),
                wave == null || other == null
                    ? "Put both tables into one wave; or ALTER TABLE %s DROP CONSTRAINT %s on the"
                            .formatted(key.table().quoted(), SourceFindings.quote(key.name()))
                        + " target."
                    : "Put both tables into one wave; or cut %s and %s over one right after the"
                            .formatted(wave, other)
                        + " other, with --waive foreign-keys-across-waves."));
      }
    }
    return findings;
  }

  /** Those from which tables of several waves draw, or of which nobody knows who does. */
  List<Finding> sequences(Collection<SequenceUse> sequences) {
    List<Finding> findings = new ArrayList<>();
    for (SequenceUse sequence : sequences) {
      Map<String, List<TableId>> drawing = byWave(sequence.tables());
      if (drawing.size() > 1) {
        findings.add(
            sequence(
                sequence,
                "Tables of several waves draw from it: %s.".formatted(named(drawing)),
                "Put the tables into one wave, or give each its own sequence"));
      }
      Map<String, List<TableId>> around =
          byWave(
              waves.keySet().stream()
                  .filter(table -> table.schema().equals(sequence.schema()))
                  .toList());
      if (sequence.tables().isEmpty() && around.size() > 1) {
        findings.add(
            sequence(
                sequence,
                "It belongs to no column, and its schema has tables of waves %s, with each of which"
                        .formatted(String.join(", ", around.keySet()))
                    + " it is set.",
                "ALTER SEQUENCE … OWNED BY the column that it is for"));
      }
    }
    return findings;
  }

  private static Finding sequence(SequenceUse sequence, String what, String remedy) {
    return Finding.warning(
        "SEQUENCE_ACROSS_WAVES",
        sequence.toString(),
        what
            + " Between the cutovers it is drawn from on both servers, and the same value may be"
            + " given out twice.",
        remedy + "; or cut the waves over one right after the other.");
  }

  private Map<String, List<TableId>> byWave(List<TableId> tables) {
    return tables.stream()
        .filter(waves::containsKey)
        .sorted()
        .collect(
            Collectors.groupingBy(
                table -> Objects.requireNonNull(waves.get(table)),
                TreeMap::new,
                Collectors.toList()));
  }

  private static String named(Map<String, List<TableId>> tables) {
    return tables.entrySet().stream()
        .map(
            wave ->
                "%s of wave %s"
                    .formatted(
                        wave.getValue().stream()
                            .map(TableId::toString)
                            .collect(Collectors.joining(", ")),
                        wave.getKey()))
        .collect(Collectors.joining("; "));
  }

  private static String in(@Nullable String wave) {
    return wave == null ? "in no wave" : "of wave " + wave;
  }
}
