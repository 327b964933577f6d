package nl.veer.connectors.dialect.postgres;

import nl.veer.connectors.event.TableId;

/**
 * A foreign key between two tables; partitions are left to their root.
 *
 * @param table that refers
 * @param references the other one
 */
public record ForeignKey(String name, TableId table, TableId references) {}
