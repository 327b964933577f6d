package nl.veer.connectors.dialect.postgres;

import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.event.TableId;

/**
 * What a preflight has to know of a source.
 *
 * @param clockMillis the server's clock
 * @param slots replication slots by name, with their use as {@code active} or {@code free}
 * @param relations every table or leaf partition whose changes the log will hold
 * @param refusedTypes columns that cannot be carried, with the reason
 * @param unlogged tables that never reach the log
 * @param largeObjects whether there are any; the log does not hold them
 */
public record PostgresPreflightSource(
    int version,
    boolean standby,
    boolean encrypted,
    String walLevel,
    int maxSlots,
    int maxSenders,
    int usedSenders,
    String slotKeepSize,
    boolean maySuper,
    boolean mayReplicate,
    boolean mayCreate,
    long clockMillis,
    Map<String, String> slots,
    List<Relation> relations,
    List<RefusedColumn> refusedTypes,
    List<TableId> unlogged,
    boolean largeObjects) {

  public PostgresPreflightSource {
    slots = Map.copyOf(slots);
    relations = List.copyOf(relations);
    refusedTypes = List.copyOf(refusedTypes);
    unlogged = List.copyOf(unlogged);
  }

  /** The same where these tables are published already: nobody needs to own or create anything. */
  public PostgresPreflightSource published(Set<TableId> tables, boolean all) {
    List<Relation> now =
        relations.stream()
            .map(relation -> tables.contains(relation.root()) ? relation.published() : relation)
            .toList();
    return new PostgresPreflightSource(
        version,
        standby,
        encrypted,
        walLevel,
        maxSlots,
        maxSenders,
        usedSenders,
        slotKeepSize,
        maySuper,
        mayReplicate,
        mayCreate || all,
        clockMillis,
        slots,
        now,
        refusedTypes,
        unlogged,
        largeObjects);
  }

  /**
   * A table or leaf partition.
   *
   * @param root the table that Veer knows it by
   * @param hasKey whether it has a primary key that is not deferrable
   * @param hasIdentityIndex whether the index that its replica identity names is there
   * @param mayRead whether Veer may select from it
   * @param mayPublish whether Veer's role owns it, as a publication asks
   */
  public record Relation(
      TableId root,
      TableId id,
      ReplicaIdentity identity,
      boolean hasKey,
      boolean hasIdentityIndex,
      boolean mayRead,
      boolean mayPublish) {

    private Relation published() {
      return new Relation(root, id, identity, hasKey, hasIdentityIndex, mayRead, true);
    }
  }

  /** A column whose type cannot be carried. */
  public record RefusedColumn(TableId table, String column, String reason) {}
}
