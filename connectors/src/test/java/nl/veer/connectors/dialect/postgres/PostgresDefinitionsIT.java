package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresConstraint.Kind;
import nl.veer.connectors.dialect.postgres.PostgresTrigger.Firing;
import nl.veer.connectors.event.TableId;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a server says of constraints, indexes and triggers, and what it only claims. */
class PostgresDefinitionsIT {
  @SuppressWarnings("NullAway.Init")
  private static SandboxPostgres server;

  @BeforeAll
  static void start() throws SQLException {
    server = SandboxPostgres.startTemporary();
    for (String database : List.of("here", "there")) {
      server.createDatabase(database);
      execute(
          database,
          "CREATE SCHEMA \"Odd \"\"one\"",
          "CREATE TABLE \"Odd \"\"one\".parent (a int, \"B b\" text, UNIQUE (a, \"B b\"))",
          "CREATE TABLE child (id int PRIMARY KEY, a int NOT NULL, b text)",
          "ALTER TABLE child ADD CONSTRAINT child_a_check CHECK (a > 0) NOT VALID",
          "ALTER TABLE child ADD CONSTRAINT simple FOREIGN KEY (a, b)"
              + " REFERENCES \"Odd \"\"one\".parent (a, \"B b\")",
          "CREATE TABLE whole (a int, b text, CONSTRAINT whole_match FOREIGN KEY (a, b)"
              + " REFERENCES \"Odd \"\"one\".parent (a, \"B b\") MATCH FULL)",
          "CREATE TABLE parted (id int, a int, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
          "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (100)",
          "ALTER TABLE parted ADD CONSTRAINT to_child FOREIGN KEY (a) REFERENCES child (id)",
          "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
          "CREATE TRIGGER t BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION f()",
          "CREATE TRIGGER of_parted BEFORE INSERT ON parted FOR EACH ROW EXECUTE FUNCTION f()",
          "CREATE SCHEMA veer_fence",
          "CREATE FUNCTION veer_fence.g() RETURNS trigger LANGUAGE plpgsql AS"
              + " 'BEGIN RETURN NULL; END'",
          "CREATE TRIGGER fence BEFORE INSERT ON child FOR EACH STATEMENT"
              + " EXECUTE FUNCTION veer_fence.g()",
          "CREATE UNIQUE INDEX %s ON child (b) WITH (fillfactor = %s)"
              .formatted(
                  database.equals("here") ? "\"an ON index\"" : "other",
                  database.equals("here") ? "70" : "90"));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void execute(String database, String... statements) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static PostgresDefinitions read(String database) throws SQLException {
    try (Connection connection = server.connect(database)) {
      return PostgresDefinitions.read(connection);
    }
  }

  private static PostgresConstraint constraint(String name) throws SQLException {
    return constraint("here", name);
  }

  private static PostgresConstraint constraint(String database, String name) throws SQLException {
    return read(database).constraints().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSameIsTheSameOnBothSidesWhateverAnIndexIsCalled() throws SQLException {
    PostgresDefinitions here = read("here");
    PostgresDefinitions there = read("there");

    assertThat(here.constraints())
        .filteredOn(one -> !one.table().name().equals("r"))
        .hasSizeGreaterThan(8)
        .allSatisfy(one -> assertThat(there.constraints()).anyMatch(one::isSameAs));
    assertThat(here.indexes())
        .hasSizeGreaterThan(3)
        .allSatisfy(one -> assertThat(there.indexes()).anyMatch(one::isSameAs));
    assertThat(here.triggers()).isEqualTo(there.triggers());
  }

  @Test
  void constraintsAreReadWithNamesInFull() throws SQLException {
    PostgresConstraint simple = constraint("simple");

    assertThat(simple.kind()).isEqualTo(Kind.FOREIGN_KEY);
    assertThat(simple.definition())
        .isEqualTo("FOREIGN KEY (a, b) REFERENCES \"Odd \"\"one\".parent(a, \"B b\")");
    assertThat(simple.references()).isEqualTo(new TableId("Odd \"one", "parent"));
    assertThat(simple.columns()).containsExactly("a", "b");
    assertThat(simple.referenced()).containsExactly("a", "B b");
    assertThat(constraint("whole_match").full()).isTrue();
  }

  @Test
  void whatWasNotValidatedSaysSoAndIsTheSameOtherwise() throws SQLException {
    PostgresConstraint check = constraint("child_a_check");

    assertThat(check.validated()).isFalse();
    assertThat(check.definition()).isEqualTo("CHECK ((a > 0))");
  }

  /** PostgreSQL does not write an expression as it has read it from its own words. */
  @Test
  void aCheckThatWasDumpedAndRestoredIsTheSame() throws SQLException {
    execute("here", "CREATE TABLE r (v varchar(9), CONSTRAINT one CHECK (v IN ('a', 'b')))");
    PostgresConstraint here = constraint("one");
    execute("there", "CREATE TABLE r (v varchar(9), CONSTRAINT one " + here.definition() + ")");
    PostgresConstraint there = constraint("there", "one");

    assertThat(there.definition()).isNotEqualTo(here.definition());
    assertThat(there.isSameAs(here)).isTrue();
    execute("there", "ALTER TABLE r DROP CONSTRAINT one, ADD CONSTRAINT one CHECK (v IN ('a'))");
    assertThat(constraint("there", "one").isSameAs(here)).isFalse();
  }

  @Test
  void columnsThatMayNotBeNullAreConstraints() throws SQLException {
    assertThat(read("here").constraints())
        .filteredOn(one -> one.kind() == Kind.NOT_NULL)
        .extracting(one -> one.table() + "." + one.name())
        .containsExactly("public.child.a", "public.child.id", "public.parted.id");
  }

  @Test
  void partitionsAreLeftToTheirRoot() throws SQLException {
    PostgresDefinitions here = read("here");

    assertThat(here.constraints()).noneMatch(one -> one.table().name().equals("part"));
    assertThat(here.triggers())
        .extracting(one -> one.table() + "." + one.name())
        .as("and a fence is none of the user's")
        .containsExactly("public.child.t", "public.parted.of_parted");
  }

  @Test
  void aForeignKeyWhoseTriggersAreOffIsNotEnforced() throws SQLException {
    assertThat(constraint("simple").enforced()).isTrue();
    execute("here", "ALTER TABLE child DISABLE TRIGGER ALL");
    try {
      assertThat(constraint("simple").enforced()).isFalse();
      assertThat(constraint("simple").validated()).as("which the server still says").isTrue();
      assertThat(read("here").triggers())
          .filteredOn(one -> one.name().equals("t"))
          .extracting(PostgresTrigger::firing)
          .containsExactly(Firing.DISABLED);
    } finally {
      execute("here", "ALTER TABLE child ENABLE TRIGGER ALL");
    }
  }

  @Test
  void rowsThatReferToNothingAreCountedAsTheirMatchSays() throws SQLException {
    try (Connection connection = server.connect("here");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET session_replication_role = replica");
      statement.execute("INSERT INTO \"Odd \"\"one\".parent VALUES (1, 'x')");
      statement.execute(
          "INSERT INTO child VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, NULL), (4, 3, 'z')");
      statement.execute(
          "INSERT INTO whole VALUES (1, 'x'), (NULL, NULL), (NULL, 'x'), (1, NULL), (9, 'x')");

      assertThat(PostgresForeignKeys.violations(connection, constraint("simple"))).isEqualTo(2);
      assertThat(PostgresForeignKeys.violations(connection, constraint("whole_match")))
          .isEqualTo(3);
      connection.rollback();
    }
  }

  @Test
  void indexesSayWhetherTextSortsThemAndAConstraintStandsOnThem() throws SQLException {
    assertThat(read("here").indexes())
        .filteredOn(one -> one.table().name().equals("child"))
        .extracting(
            PostgresIndex::name,
            PostgresIndex::unique,
            PostgresIndex::ofConstraint,
            PostgresIndex::collated)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("an ON index", true, false, true),
            org.assertj.core.groups.Tuple.tuple("child_pkey", true, true, false));
  }

  @Test
  void surroundingsNameLocaleExtensionsAndWhatIsSetForTheDatabase() throws SQLException {
    execute("here", "ALTER DATABASE here SET timezone = 'Europe/Amsterdam'");
    try (Connection connection = server.connect("here")) {
      PostgresSurroundings read = PostgresSurroundings.read(connection);

      assertThat(read.encoding()).isEqualTo("UTF8");
      assertThat(read.locale()).matches("(libc|icu|builtin) .+");
      assertThat(read.extensions()).containsKey("plpgsql");
      assertThat(read.settings())
          .containsEntry("TimeZone", "Europe/Amsterdam")
          .containsEntry("default_transaction_isolation", "read committed");
      assertThat(read.maxConnections()).isPositive();
    }
  }
}
