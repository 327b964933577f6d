package nl.veer.connectors.dialect.postgres;

/**
 * Questions about what is in the way of a fence. Each answers with one sentence per obstacle, which
 * ends with the SQL that mends it. Parameters: none, OIDs of tables, or the exempt roles.
 */
final class FenceObstacleQueries {
  static final String NO_ROLE =
      """
      SELECT format('The exempt role %s does not exist; take it out of fence-exempt, or:'
                    ' CREATE ROLE %I;', e.name, e.name)
      FROM unnest(?::text[]) e(name)
      WHERE NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = e.name)
      ORDER BY 1
      """;

  /** What replication applies fires no statement triggers, and may run as a superuser. */
  static final String SUBSCRIPTIONS =
      """
      SELECT DISTINCT format('Subscription %s writes to tables of the wave, and no fence stops it:'
                             ' ALTER SUBSCRIPTION %I DISABLE;', s.subname, s.subname)
      FROM pg_subscription s JOIN pg_subscription_rel r ON r.srsubid = s.oid
      WHERE r.srrelid::bigint = ANY (?) AND s.subenabled
      """;

  static final String OWNERS =
      """
      SELECT format('Tables of the wave, %s of them, belong to %s, whose rights Veer''s role'
                    ' needs: GRANT %I TO %I;', count(*), pg_get_userbyid(relowner),
                    pg_get_userbyid(relowner), current_user)
      FROM pg_class WHERE oid::bigint = ANY (?) AND NOT pg_has_role(relowner, 'USAGE')
      GROUP BY relowner ORDER BY 1
      """;

  /** An UPDATE of the parent changes the child's rows and asks nothing of the child. */
  static final String PARENTS =
      """
      SELECT DISTINCT format('Table %s inherits from %s, which is not in the wave, and writes to'
                             ' that one change its rows; take both into the wave, or: ALTER TABLE %s'
                             ' NO INHERIT %s;', i.inhrelid::regclass, i.inhparent::regclass,
                             i.inhrelid::regclass, i.inhparent::regclass)
      FROM pg_inherits i CROSS JOIN (SELECT ?::bigint[] AS oids) w
      WHERE i.inhrelid::bigint = ANY (w.oids) AND NOT i.inhparent::bigint = ANY (w.oids)
      """;

  static final String NO_TRIGGER_RIGHT =
      """
      SELECT format('Veer''s role may not make triggers on %s: GRANT TRIGGER ON %s TO %I;',
                    oid::regclass, oid::regclass, current_user)
      FROM pg_class WHERE oid::bigint = ANY (?) AND NOT has_table_privilege(oid, 'TRIGGER')
            AND pg_has_role(relowner, 'USAGE')
      ORDER BY 1
      """;

  static final String NO_SCHEMA_RIGHT =
      """
      SELECT CASE
        WHEN n.oid IS NULL THEN
          format('Veer''s role may not make the schema veer_fence, and nobody has made one for it:'
                 ' GRANT CREATE ON DATABASE %I TO %I;', current_database(), current_user)
        ELSE
          format('Veer''s role may not make functions in the schema veer_fence: GRANT USAGE, CREATE'
                 ' ON SCHEMA veer_fence TO %I;', current_user)
        END
      FROM (SELECT) one LEFT JOIN pg_namespace n ON n.nspname = 'veer_fence'
      WHERE CASE WHEN n.oid IS NULL THEN NOT has_database_privilege(current_database(), 'CREATE')
            ELSE NOT (has_schema_privilege(n.oid, 'CREATE') AND has_schema_privilege(n.oid, 'USAGE'))
            END
      """;

  static final String NO_LANGUAGE =
      """
      SELECT CASE WHEN l.oid IS NULL THEN 'The language of triggers is missing: CREATE EXTENSION'
                                          ' plpgsql;'
             ELSE format('Veer''s role may not use the language of triggers: GRANT USAGE ON LANGUAGE'
                         ' plpgsql TO %I;', current_user) END
      FROM (SELECT) one LEFT JOIN pg_language l ON l.lanname = 'plpgsql'
      WHERE l.oid IS NULL OR NOT has_language_privilege(l.oid, 'USAGE')
      """;

  /** Parameters: grantor, owner, schema, table. For whom a grantor is too mighty, or too poor. */
  static final String GRANTOR =
      """
      SELECT CASE
        WHEN g.rolsuper OR pg_has_role(g.oid, q.owner, 'USAGE') THEN
          format('Rights on %s were granted by %s, which has the owner''s rights by now, acts as the'
                 ' owner, and could not give them back in its own name: %s;', q.relation, q.grantor,
                 CASE WHEN g.rolsuper THEN format('ALTER ROLE %I NOSUPERUSER', q.grantor)
                 ELSE format('REVOKE %I FROM %I', q.owner, q.grantor) END)
        WHEN NOT pg_has_role(g.oid, 'SET_RIGHT') THEN
          format('Rights on %s were granted by %s, and only that role can give them back: GRANT %I'
                 ' TO %I;', q.relation, q.grantor, q.grantor, current_user)
        ELSE
          format('Rights on %s were granted by %s, who may not look into its schema any more: GRANT'
                 ' USAGE ON SCHEMA %I TO %I;', q.relation, q.grantor, q.schema, q.grantor)
        END
      FROM (SELECT ?::text::name AS grantor, ?::text::name AS owner, ?::text AS schema,
                   ?::text AS relation) q
           JOIN pg_roles g ON g.rolname = q.grantor
      WHERE g.rolsuper OR pg_has_role(g.oid, q.owner, 'USAGE')
            OR NOT pg_has_role(g.oid, 'SET_RIGHT')
            OR NOT has_schema_privilege(g.oid, q.schema, 'USAGE')
      """;

  /** Of roles that are not Veer's. */
  static final String SUPERUSER_SESSIONS =
      """
      SELECT format('%s is a superuser, needs no rights, and has %s sessions here; triggers'
                    ' would stop it, or end them: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE'
                    ' usename = %L;', r.rolname, count(*), r.rolname)
      FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
      WHERE a.datname = current_database() AND r.rolsuper AND r.rolname <> session_user
        AND coalesce(a.backend_type, 'client backend') = 'client backend'
        AND NOT r.rolname = ANY (?)
      GROUP BY r.rolname ORDER BY 1
      """;

  static final String WRITE_ALL_DATA =
      """
      SELECT format('%s may write to every table whatever is revoked; triggers would stop it,'
                    ' or: REVOKE pg_write_all_data FROM %I;', r.rolname, r.rolname)
      FROM pg_roles r
      WHERE r.rolcanlogin AND NOT r.rolsuper AND r.rolname <> current_user
        AND NOT r.rolname = ANY (?)
        AND (pg_has_role(r.oid, 'pg_write_all_data', 'USAGE')
             OR pg_has_role(r.oid, 'pg_write_all_data', 'SET_RIGHT'))
      ORDER BY 1
      """;

  static final String MEMBERS =
      """
      SELECT format('%s belongs to Veer''s role, and may write as that one may: REVOKE %I FROM %I;',
                    r.rolname, current_user, r.rolname)
      FROM pg_roles r
      WHERE r.rolcanlogin AND NOT r.rolsuper AND r.rolname <> current_user
        AND NOT r.rolname = ANY (?)
        AND (pg_has_role(r.oid, current_user, 'USAGE')
             OR pg_has_role(r.oid, current_user, 'SET_RIGHT'))
      ORDER BY 1
      """;

  static final String SHARED_ROLE =
      """
      SELECT format('%s sessions that are not Veer''s have logged in as Veer''s role, %s, which this'
                    ' fence lets write; triggers would stop them, or give Veer a role of its own, by'
                    ' CREATE ROLE, and end them: SELECT pg_terminate_backend(pid) FROM'
                    ' pg_stat_activity WHERE usename = %L AND application_name !~ ''^(veer: |Debezium )'';', count(*), session_user,
                    session_user)
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = session_user
        AND coalesce(backend_type, 'client backend') = 'client backend'
        AND NOT application_name ~ '^(veer: |Debezium )'
      HAVING count(*) > 0
      """;

  static final String NO_DATABASE_OWNER =
      """
      SELECT format('The database belongs to %s, whose rights Veer''s role needs: GRANT %I TO %I;',
                    pg_get_userbyid(datdba), pg_get_userbyid(datdba), current_user)
      FROM pg_database WHERE datname = current_database() AND NOT pg_has_role(datdba, 'USAGE')
      """;

  /** The statistics tell which sessions are clients, and since when. */
  static final String NO_SIGNAL =
      """
      SELECT format('Veer''s role may not %s: GRANT %I TO %I;', r.what, r.name, current_user)
      FROM (VALUES ('end sessions', 'pg_signal_backend'),
                   ('see when sessions began', 'pg_read_all_stats')) r(what, name)
      WHERE NOT pg_has_role(r.name::name, 'USAGE')
      """;

  static final String NO_SUPERUSER_SIGNAL =
      """
      SELECT format('%s is a superuser with %s sessions here, which only a superuser may end: SELECT'
                    ' pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %L;',
                    r.rolname, count(*), r.rolname)
      FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
      WHERE a.datname = current_database() AND r.rolsuper AND r.rolname <> session_user
        AND coalesce(a.backend_type, 'client backend') = 'client backend'
        AND NOT r.rolname = ANY (?)
        AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
      GROUP BY r.rolname ORDER BY 1
      """;

  /** To alter another role takes more since version 16. */
  static final String NO_ROLE_RIGHT =
      """
      SELECT format('Veer''s role may not alter the exempt role %s: take it out of fence-exempt, or:'
                    ' ALTER ROLE %I CREATEROLE; GRANT %I TO %I WITH ADMIN OPTION;',
                    r.rolname, current_user, r.rolname, current_user)
      FROM pg_roles r JOIN pg_roles me ON me.rolname = current_user
      WHERE r.rolname = ANY (?) AND r.oid <> me.oid AND NOT me.rolsuper
        AND (r.rolsuper OR NOT me.rolcreaterole
             OR current_setting('server_version_num')::integer >= 160000
                AND NOT pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION'))
      ORDER BY 1
      """;

  private FenceObstacleQueries() {}
}
