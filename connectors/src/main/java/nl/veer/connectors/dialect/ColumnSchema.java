package nl.veer.connectors.dialect;

/**
 * A column as a database's catalog describes it.
 *
 * @param type the full type as the database writes it, for example {@code numeric(12,2)}; a
 *     user-defined type has its schema, quoted where needed
 * @param notNull whether NULL is refused
 * @param generated whether the database computes the value itself (GENERATED … STORED); such a
 *     column is never written
 * @param identity whether it is an identity column, whose values Veer writes as they are
 */
public record ColumnSchema(
    String name, String type, boolean notNull, boolean generated, boolean identity) {}
