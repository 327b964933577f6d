package nl.veer.connectors.dialect.postgres;

import java.util.List;
import java.util.stream.Collectors;
import nl.veer.connectors.event.TableId;

/**
 * The SQL of a fence of triggers. Each fence has a function of its own, by which its triggers are
 * known; what the function does is the switch. Pure.
 */
final class TriggerStatements {
  static final String SCHEMA = "veer_fence";

  /** By this a schema that Veer has made is told from one that was made for it. */
  static final String MADE_BY_VEER = "Made by Veer for its fences; removed with the last of them.";

  /** BEFORE, statement, INSERT, DELETE, UPDATE, TRUNCATE: pg_trigger.tgtype. */
  static final int TYPE = 2 + 4 + 8 + 16 + 32;

  /** Lets everyone pass. */
  static final String OPEN_BODY = "BEGIN RETURN NULL; END";

  private final String id;

  TriggerStatements(String id) {
    this.id = id;
  }

  String function() {
    return "refuse_" + id;
  }

  String trigger() {
    return "veer_fence_" + id;
  }

  /** Creates the function, or changes what it does. */
  String function(String body) {
    return "CREATE OR REPLACE FUNCTION %s.%s() RETURNS trigger LANGUAGE plpgsql"
            .formatted(SCHEMA, function())
        + " SET search_path = pg_catalog AS"
        + PostgresNames.literal(body);
  }

  /**
   * Refuses. The session's user stays the same through SET ROLE and SECURITY DEFINER. That an
   * application shares Veer's role is no licence: Veer's sessions are known by what they call
   * themselves too.
   */
  static String closedBody(String role, List<String> exempt) {
    String roles = exempt.stream().map(PostgresNames::literal).collect(Collectors.joining(", "));
    return """
    BEGIN
      IF session_user::text = ANY (ARRAY[%s]::text[])
         OR session_user::text = %s AND left(current_setting('application_name'), 6) = 'veer: ' THEN
        RETURN NULL;
      END IF;
      RAISE EXCEPTION USING ERRCODE = 'read_only_sql_transaction',
        MESSAGE = format('Veer refuses writes to table %%s: they move to another database', TG_ARGV[0]),
        HINT = 'If the move is done, connect to the new database. If it is under way or rehearsed, try again in a few seconds.';
    END\
    """
        .formatted(roles, PostgresNames.literal(role));
  }

  /**
   * @param table the wave's, which the message names
   */
  String create(TableId relation, TableId table) {
    return "CREATE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT"
            .formatted(trigger(), relation.quoted())
        + " EXECUTE FUNCTION %s.%s(%s)"
            .formatted(SCHEMA, function(), PostgresNames.literal(table.toString()));
  }

  /** In replica mode too. ONLY: partitions have triggers of their own. */
  String enable(TableId relation) {
    return "ALTER TABLE ONLY %s ENABLE ALWAYS TRIGGER %s".formatted(relation.quoted(), trigger());
  }

  String drop(TableId relation) {
    return "DROP TRIGGER IF EXISTS %s ON %s".formatted(trigger(), relation.quoted());
  }

  String dropFunction() {
    return "DROP FUNCTION IF EXISTS %s.%s()".formatted(SCHEMA, function());
  }
}
