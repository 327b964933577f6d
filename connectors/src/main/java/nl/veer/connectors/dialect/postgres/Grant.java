package nl.veer.connectors.dialect.postgres;

import nl.veer.connectors.event.TableId;

/**
 * One privilege to write, as it stands in a table's or a column's access list.
 *
 * @param column of which it is; empty for the whole table
 * @param grantee who has it; empty for PUBLIC
 * @param privilege INSERT, UPDATE, DELETE or TRUNCATE
 * @param grantable whether the grantee may give it on
 */
record Grant(
    TableId relation,
    String column,
    String grantor,
    String grantee,
    String privilege,
    boolean grantable) {

  boolean isOfColumn() {
    return !column.isEmpty();
  }

  /** Whether a grant by this one's grantee is made possible by it. */
  boolean supports(Grant other) {
    return grantable
        && grantee.equals(other.grantor)
        && !grantee.isEmpty()
        && privilege.equals(other.privilege)
        && (!isOfColumn() || column.equals(other.column));
  }

  /** Whether it gives its grantee this privilege, on the column or the whole table. */
  boolean gives(String role, String wantedColumn, String wantedPrivilege) {
    return grantee.equals(role)
        && privilege.equals(wantedPrivilege)
        && (!isOfColumn() || column.equals(wantedColumn));
  }

  String given() {
    return "GRANT %s TO %s%s".formatted(what(), to(), grantable ? " WITH GRANT OPTION" : "");
  }

  String taken() {
    return "REVOKE %s FROM %s".formatted(what(), to());
  }

  private String what() {
    String of = isOfColumn() ? " (" + PostgresNames.quoted(column) + ")" : "";
    return privilege + of + " ON TABLE " + relation.quoted();
  }

  private String to() {
    return grantee.isEmpty() ? "PUBLIC" : PostgresNames.quoted(grantee);
  }
}
