package nl.veer.replicator.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;

/**
 * Compares both sides' catalogs: while the log is applied, for the log does not tell a column's
 * length, precision or scale; and before a table is asked for anew. Opens sessions of its own for
 * each look. Safe for several threads.
 */
public final class SchemaLook {
  private final LoadConfig config;
  private final SourceConnections source;
  private final TargetConnections target;
  private final LoadDialect dialect;
  private final TargetDialect targetDialect;

  public SchemaLook(
      LoadConfig config,
      SourceConnections source,
      TargetConnections target,
      LoadDialect dialect,
      TargetDialect targetDialect) {
    this.config = config;
    this.source = source;
    this.target = target;
    this.dialect = dialect;
    this.targetDialect = targetDialect;
  }

  /** Per table of the wave whose columns have different types by now, what to say of it. */
  public Map<TableId, Failure> differences() {
    return comparing(SchemaMatch::differences);
  }

  /**
   * Refuses tables that could not be loaded as they are now on both sides.
   *
   * @throws Failure TARGET_DATA with everything that does not match
   */
  public void requireMatch() {
    comparing(
        (sources, targets) -> {
          SchemaMatch.require(config.tables(), sources, targets);
          return true;
        });
  }

  private <T> T comparing(BiFunction<List<SourceTable>, List<TableSchema>, T> judge) {
    String purpose = config.wave() + " schema";
    List<SourceTable> sources;
    try (Connection from = dialect.open(source, purpose)) {
      sources = dialect.tables(from, config.tables());
    } catch (SQLException e) {
      throw dialect.sourceFailure(e, "reading the tables' definitions");
    }
    try (Connection to = target.open(purpose)) {
      return judge.apply(sources, targetDialect.tables(to));
    } catch (SQLException e) {
      throw targetDialect.failure(e, "reading the tables' definitions");
    }
  }
}
