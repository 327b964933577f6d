package nl.veer.control.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;

/** Judges the rights that no single table tells: schemas, publications, statistics. Pure. */
final class RightsFindings {
  private RightsFindings() {}

  /** Of schemas that the role may not use. */
  static List<Finding> ofSchemas(String side, Set<String> closed, String user) {
    return closed.stream()
        .sorted()
        .map(
            schema ->
                Finding.error(
                    "SCHEMA_RIGHT",
                    side,
                    "Role %s may not use the schema %s.".formatted(user, schema),
                    "GRANT USAGE ON SCHEMA %s TO %s;"
                        .formatted(SourceFindings.quote(schema), SourceFindings.quote(user))))
        .toList();
  }

  /** Of a wave whose publication is not there, by a role that may not make it. */
  static Finding publication(WaveId wave, Collection<TableId> tables, String user) {
    return Finding.error(
        "PUBLICATION",
        "wave " + wave.wave(),
        "Its publication is not there, and role %s may not make it: it must own the tables and may"
                .formatted(user)
            + " create in the database.",
        "As their owner: " + PostgresPublications.statement(wave.publication(), tables) + ";");
  }

  /** Of a publication that is there and not as the wave needs it. */
  static Finding publicationDiffers(WaveId wave, Collection<TableId> tables, String difference) {
    return Finding.error(
        "PUBLICATION_DIFFERS",
        "wave " + wave.wave(),
        "The publication %s is not that of the wave: %s.".formatted(wave.publication(), difference),
        "DROP PUBLICATION %s; %s; -- unless the wave is under way: then veer load --again follows"
            .formatted(
                SourceFindings.quote(wave.publication()),
                PostgresPublications.statement(wave.publication(), tables)));
  }

  /** Of a role that cannot see what waits for a standby. */
  static Optional<Finding> statistics(boolean cannotSeeWaits, String user) {
    return cannotSeeWaits
        ? Optional.of(
            Finding.error(
                "STATS_RIGHT",
                "source",
                "The server has synchronous standbys, and role %s may not see which commits wait for"
                        .formatted(user)
                    + " them: a load could miss those.",
                "GRANT pg_read_all_stats TO %s;".formatted(SourceFindings.quote(user))))
        : Optional.empty();
  }
}
