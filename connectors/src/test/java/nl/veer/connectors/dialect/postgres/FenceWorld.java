package nl.veer.connectors.dialect.postgres;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import nl.veer.connectors.event.TableId;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.postgresql.PGConnection;

/**
 * A server with roles, and a database per test with a plain table, a partitioned one of two levels
 * and one that is inherited from. Veer's role is no superuser; it belongs to the tables' owner.
 */
final class FenceWorld implements AutoCloseable {
  static final String PASSWORD = "secret";
  static final TableId ORDERS = new TableId("shop", "orders");
  static final TableId EVENTS = new TableId("shop", "events");
  static final TableId NOTES = new TableId("shop", "notes");
  static final List<TableId> TABLES = List.of(ORDERS, EVENTS, NOTES);

  /** One that takes every relation by its own name. */
  static final List<String> RELATIONS =
      List.of("orders", "events", "events_1", "events_2", "events_2a", "notes", "notes_child");

  private static final String ROLES =
      """
      CREATE ROLE shop_owner LOGIN PASSWORD 'secret';
      CREATE ROLE app LOGIN PASSWORD 'secret';
      CREATE ROLE clerk LOGIN PASSWORD 'secret';
      CREATE ROLE anyone LOGIN PASSWORD 'secret';
      CREATE ROLE nightly LOGIN PASSWORD 'secret';
      CREATE ROLE chief LOGIN SUPERUSER PASSWORD 'secret';
      CREATE ROLE veer LOGIN REPLICATION PASSWORD 'secret';
      """;

  private static final String TABLES_SQL =
      """
      CREATE SCHEMA shop AUTHORIZATION shop_owner;
      GRANT USAGE ON SCHEMA shop TO PUBLIC;
      SET ROLE shop_owner;
      CREATE TABLE shop.orders (id int PRIMARY KEY, note text);
      CREATE TABLE shop.events (id int PRIMARY KEY, note text) PARTITION BY RANGE (id);
      CREATE TABLE shop.events_1 PARTITION OF shop.events FOR VALUES FROM (0) TO (1000);
      CREATE TABLE shop.events_2 PARTITION OF shop.events FOR VALUES FROM (1000) TO (3000)
        PARTITION BY RANGE (id);
      CREATE TABLE shop.events_2a PARTITION OF shop.events_2 FOR VALUES FROM (1000) TO (2000);
      CREATE TABLE shop.notes (id int PRIMARY KEY, note text);
      CREATE TABLE shop.notes_child () INHERITS (shop.notes);
      INSERT INTO shop.orders VALUES (1, 'a');
      INSERT INTO shop.events VALUES (1, 'a'), (1500, 'b');
      INSERT INTO shop.notes VALUES (1, 'a');
      INSERT INTO shop.notes_child VALUES (1500, 'b');
      GRANT ALL ON ALL TABLES IN SCHEMA shop TO app, nightly;
      GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA shop TO PUBLIC;
      RESET ROLE;
      """;

  final SandboxPostgres server = SandboxPostgres.startTemporary();
  private int databases;

  FenceWorld() throws SQLException {
    try (Connection admin = server.connect("postgres")) {
      execute(admin, ROLES);
    }
  }

  /** A database of its own for a test. */
  String database() throws SQLException {
    String name = "shop" + ++databases;
    server.createDatabase(name);
    try (Connection admin = server.connect(name)) {
      execute(
          admin,
          "ALTER DATABASE "
              + name
              + " OWNER TO shop_owner; GRANT shop_owner TO veer;"
              + TABLES_SQL);
    }
    return name;
  }

  /** As Veer's sessions are. */
  Connection veer(String database) throws SQLException {
    return connect(database, "veer", "veer: shop/main test");
  }

  Connection connect(String database, String role) throws SQLException {
    return connect(database, role, "till");
  }

  Connection connect(String database, String role, String application) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", PASSWORD);
    properties.setProperty("ApplicationName", application);
    return DriverManager.getConnection(server.jdbcUrl(database), properties);
  }

  /** Work of a superuser. */
  interface Work {
    void on(Connection chief) throws SQLException;
  }

  void asChief(String database, String sql) throws SQLException {
    asChief(database, chief -> execute(chief, sql));
  }

  /** As a superuser, whose session has ended when this returns: it would get past some fences. */
  void asChief(String database, Work work) throws SQLException {
    int pid;
    try (Connection chief = connect(database, "chief")) {
      pid = chief.unwrap(PGConnection.class).getBackendPID();
      work.on(chief);
    }
    try (Connection admin = server.connect("postgres")) {
      String session = "SELECT pid FROM pg_stat_activity WHERE pid = " + pid;
      await().atMost(Duration.ofSeconds(20)).until(() -> rows(admin, session).isEmpty());
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** All columns of all rows, as text. */
  static List<String> rows(Connection connection, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          columns.add(row.getString(i));
        }
        rows.add(String.join(" ", columns));
      }
    }
    return rows;
  }

  /**
   * The access lists of everything in the schema, each right with grantor, grantee and option; NULL
   * ones as what they stand for.
   */
  static List<String> rights(Connection connection) throws SQLException {
    return rows(
        connection,
        """
        SELECT list.name, pg_get_userbyid(a.grantor),
               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END,
               a.privilege_type, a.is_grantable
        FROM (SELECT oid::regclass::text AS name, coalesce(relacl, acldefault('r', relowner)) AS acl
              FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND relkind IN ('r', 'p')
              UNION ALL
              SELECT attrelid::regclass || '.' || attname, attacl
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
              WHERE relnamespace = 'shop'::regnamespace AND attacl IS NOT NULL) list
             CROSS JOIN LATERAL aclexplode(list.acl) a
        ORDER BY 1, 2, 3, 4, 5
        """);
  }

  @Override
  public void close() {
    server.close();
  }
}
