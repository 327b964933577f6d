package nl.veer.connectors.dialect;

import java.util.List;
import nl.veer.connectors.event.TableId;

/**
 * A table as a database's catalog describes it.
 *
 * @param columns in catalog order, dropped ones left out
 * @param key names of the primary key's columns in key order; empty if there is none
 * @param replicaIdentity what the log says of old rows
 * @param partitioned whether it is the root of a partition tree; partitions themselves are not
 *     listed
 */
public record TableSchema(
    TableId id,
    List<ColumnSchema> columns,
    List<String> key,
    ReplicaIdentity replicaIdentity,
    boolean partitioned) {

  public TableSchema {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** Names of the columns that are written: all but the generated ones. */
  public List<String> writtenColumns() {
    return columns.stream().filter(c -> !c.generated()).map(ColumnSchema::name).toList();
  }
}
