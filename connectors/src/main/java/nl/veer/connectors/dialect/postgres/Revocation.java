package nl.veer.connectors.dialect.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the rights to write to one table are taken away and given back. Pure.
 *
 * <p>Each grant is taken back by its own grantor, those first that rest on others, so that no
 * CASCADE takes more than is known; and given again by its own grantor, the other way round, so
 * that the access lists become the same again, grantors and grant options included. PostgreSQL's
 * REVOKE of a table's privilege takes the grantee's column privileges with it: so columns come
 * first when taking, last when giving, and giving covers all that was recorded, not only what was
 * taken.
 *
 * @param taken in the order of taking
 * @param lent to Veer's role and exempt ones, which would lose what they had through others
 * @param given in the order of giving
 * @param loose those whose grantor holds no grant option any more; nobody could give them again
 */
record Revocation(List<Grant> taken, List<Grant> lent, List<Grant> given, List<Grant> loose) {

  /** Of one table, for everyone but these roles. */
  static Revocation of(RelationGrants relation, Set<String> exempt) {
    Map<Grant, Integer> depths = depths(relation);
    List<Grant> given = new ArrayList<>(depths.keySet());
    given.sort(Comparator.comparing(Grant::isOfColumn).thenComparing(depths::get));
    List<Grant> loose = new ArrayList<>(relation.grants());
    loose.removeAll(given);
    List<Grant> kept = kept(relation, given, exempt);
    List<Grant> taken = new ArrayList<>(given);
    taken.removeAll(kept);
    taken.sort(Comparator.comparing(Grant::isOfColumn).thenComparing(depths::get).reversed());
    return new Revocation(taken, lent(relation, kept), given, loose);
  }

  /** How many grants each one rests on; those that rest on nothing are left out. */
  private static Map<Grant, Integer> depths(RelationGrants relation) {
    Map<Grant, Integer> depths = new LinkedHashMap<>();
    int before;
    do {
      before = depths.size();
      Map<Grant, Integer> found = new LinkedHashMap<>();
      for (Grant grant : relation.grants()) {
        if (!depths.containsKey(grant)) {
          supported(relation, grant, depths).ifPresent(depth -> found.put(grant, depth));
        }
      }
      depths.putAll(found);
    } while (depths.size() > before);
    return depths;
  }

  private static Optional<Integer> supported(
      RelationGrants relation, Grant grant, Map<Grant, Integer> depths) {
    if (grant.grantor().equals(relation.owner())) {
      return Optional.of(0);
    }
    return depths.entrySet().stream()
        .filter(entry -> entry.getKey().supports(grant))
        .map(entry -> entry.getValue() + 1)
        .min(Comparator.naturalOrder());
  }

  /** Of exempt roles, and resting on nothing that is taken. The order is that of giving. */
  private static List<Grant> kept(RelationGrants relation, List<Grant> given, Set<String> exempt) {
    List<Grant> kept = new ArrayList<>();
    for (Grant grant : given) {
      boolean rests =
          grant.grantor().equals(relation.owner())
              || kept.stream().anyMatch(other -> other.supports(grant));
      if (rests && exempt.contains(grant.grantee())) {
        kept.add(grant);
      }
    }
    return kept;
  }

  private static List<Grant> lent(RelationGrants relation, List<Grant> kept) {
    return relation.needs().stream()
        .filter(
            need ->
                kept.stream()
                    .noneMatch(grant -> grant.gives(need.role(), need.column(), need.privilege())))
        .map(
            need ->
                new Grant(
                    relation.relation(),
                    need.column(),
                    relation.owner(),
                    need.role(),
                    need.privilege(),
                    false))
        .toList();
  }
}
