package nl.veer.connectors.dialect.postgres;

import java.util.List;
import nl.veer.connectors.event.TableId;

/**
 * Who may write to a table.
 *
 * @param owner who has all grant options without holding them
 * @param grants all that are in its access list and its columns'
 * @param needs what Veer's role and the exempt ones may do, by whichever way they may
 */
record RelationGrants(TableId relation, String owner, List<Grant> grants, List<Need> needs) {

  /** A privilege that a role has, by itself or through others. */
  record Need(String role, String column, String privilege) {}

  RelationGrants {
    grants = List.copyOf(grants);
    needs = List.copyOf(needs);
  }
}
