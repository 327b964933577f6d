package nl.veer.control.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The preflight against two real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreflightIT {
  private static final String ONE_WAVE = "{name: main, tables: {}}";

  @TempDir private static Path directory;

  private final SandboxPostgres source = SandboxPostgres.startTemporary();
  private final SandboxPostgres target = SandboxPostgres.startTemporary();

  /** Whether the target is to be captured as well. */
  private boolean echoed;

  private String waves = ONE_WAVE;

  @AfterEach
  void oneWave() {
    waves = ONE_WAVE;
  }

  @BeforeAll
  void makeRoles() throws SQLException {
    for (SandboxPostgres server : List.of(source, target)) {
      execute(server, "postgres", "CREATE ROLE veer LOGIN PASSWORD 'pw'");
    }
  }

  @AfterAll
  void end() {
    source.close();
    target.close();
  }

  @Test
  void twoSidesThatFitHaveNoError() throws Exception {
    both("good", "CREATE TABLE orders (id int PRIMARY KEY, note text, tags text[])");

    CheckReport report = check("good", source.user(), source.password(), target.password());

    assertThat(report.findings()).isEmpty();
    assertThat(report.tables()).isEqualTo(1);
  }

  @Test
  void aPartitionedTableWithoutPartitionsYetMayBePublished() throws Exception {
    both("empty", "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)");

    assertThat(found("empty")).containsExactly("PARTITIONS_BY_HAND public.parts");
  }

  @Test
  void everyDifferenceTypeAndIdentityIsFound() throws Exception {
    source.createDatabase("bad");
    target.createDatabase("bad");
    execute(
        source,
        "bad",
        """
        CREATE TABLE missing (id int PRIMARY KEY);
        CREATE TABLE priced (id int PRIMARY KEY, price xml, names text, gone int);
        CREATE TABLE keyless (note text);
        CREATE TABLE parts (id int) PARTITION BY RANGE (id);
        CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
        CREATE UNLOGGED TABLE volatile_one (id int PRIMARY KEY);
        CREATE DOMAIN own AS xml;
        CREATE TABLE domained (id int PRIMARY KEY, c own);
        """);
    execute(
        target,
        "bad",
        """
        CREATE TABLE priced (id int, price xml, names varchar(10), more int);
        CREATE TABLE keyless (note text);
        INSERT INTO keyless VALUES ('x');
        CREATE TABLE parts (id int);
        CREATE DOMAIN own AS xml;
        CREATE TABLE domained (id int PRIMARY KEY, c own);
        """);

    CheckReport report = check("bad", source.user(), source.password(), target.password());

    assertThat(report.findings())
        .extracting(finding -> finding.code() + " " + finding.subject())
        .containsExactlyInAnyOrder(
            "TYPE public.priced.price",
            "TYPE public.domained.c",
            "REPLICA_IDENTITY public.keyless",
            "REPLICA_IDENTITY public.parts_1",
            "TABLE_MISSING public.missing",
            "TYPE_DIFFERS public.priced.names",
            "COLUMN_MISSING public.priced.gone",
            "COLUMN_SURPLUS public.priced.more",
            "KEY_MISSING public.priced",
            "NOT_EMPTY public.keyless",
            "UNLOGGED public.volatile_one",
            "PARTITIONS_BY_HAND public.parts");
  }

  @Test
  void whatTheLogDoesNotTellIsNamed() throws Exception {
    both(
        "odd",
        """
        CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE UNLOGGED TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
        CREATE TABLE parent (id int PRIMARY KEY);
        CREATE TABLE child (PRIMARY KEY (id)) INHERITS (parent);
        CREATE TABLE names (id int PRIMARY KEY, "Note" text, note text, "a""b" text);
        CREATE TABLE "'wrapped'" (id int PRIMARY KEY, "`n`" text, "a\u001fb" text, "it's" text);
        CREATE SCHEMA "`s`";
        CREATE TABLE "`s`".inside (id int PRIMARY KEY);
        CREATE TABLE later (id int PRIMARY KEY, place int UNIQUE DEFERRABLE);
        CREATE TABLE keyed_later (id int PRIMARY KEY DEFERRABLE);
        CREATE TABLE chosen (a int NOT NULL, b int NOT NULL);
        CREATE UNIQUE INDEX chosen_both ON chosen (b, a);
        """);
    execute(source, "odd", "ALTER TABLE chosen REPLICA IDENTITY USING INDEX chosen_both");

    assertThat(found("odd"))
        .containsExactlyInAnyOrder(
            "PARTITIONS_BY_HAND public.parts",
            "PARTITION_OUTSIDE public.parts",
            "UNLOGGED public.parts_1",
            "INHERITANCE public.parent",
            "INHERITANCE public.child",
            "COLUMN_NAME public.names.note",
            "COLUMN_NAME public.names.a\"b",
            "COLUMN_NAME public.'wrapped'",
            "COLUMN_NAME public.'wrapped'.`n`",
            "COLUMN_NAME public.'wrapped'.a\u001fb",
            "COLUMN_NAME `s`.inside",
            "DEFERRABLE public.later",
            "DEFERRABLE public.keyed_later",
            "REPLICA_IDENTITY public.keyed_later");

    execute(target, "odd", "DROP INDEX chosen_both; CREATE INDEX chosen_both ON chosen (b, a)");

    assertThat(found("odd")).contains("IDENTITY_INDEX public.chosen");
  }

  @Test
  void aSourceThatTheCaptureWouldMisreadIsRefused() throws Exception {
    both("a+b", "CREATE TABLE t (id int PRIMARY KEY)");
    execute(source, "postgres", "CREATE ROLE \"it's\" SUPERUSER LOGIN PASSWORD 'pw'");
    execute(target, "postgres", "CREATE ROLE \"it's\" SUPERUSER LOGIN PASSWORD 'pw'");
    both("quoted", "CREATE TABLE t (id int PRIMARY KEY)");

    assertThat(found("a+b")).containsExactly("SOURCE_URL source");
    assertThat(check("quoted", "it's", "pw", "pw").findings())
        .extracting(Finding::code)
        .containsExactly("SOURCE_URL");
  }

  @Test
  void anEncodingWithoutMeaningIsRefused() throws Exception {
    for (SandboxPostgres server : List.of(source, target)) {
      execute(
          server,
          "postgres",
          "CREATE DATABASE bytes ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
              + " TEMPLATE template0");
    }

    assertThat(found("bytes")).contains("ENCODING source", "ENCODING target");
  }

  @Test
  void rowsThatAPolicyHidesAreFound() throws Exception {
    both(
        "hidden",
        """
        CREATE TABLE orders (id int PRIMARY KEY);
        ALTER TABLE orders OWNER TO veer;
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
        ALTER TABLE orders FORCE ROW LEVEL SECURITY;
        """);

    CheckReport report = check("hidden", "veer", "pw", "pw");

    assertThat(report.findings())
        .filteredOn(finding -> finding.code().equals("ROW_SECURITY"))
        .extracting(Finding::message)
        .containsExactly(
            "Row level security hides rows of it from role veer on the source.",
            "Row level security hides rows of it from role veer on the target.");
  }

  private List<String> found(String database) throws Exception {
    return check(database, source.user(), source.password(), target.password()).findings().stream()
        .map(finding -> finding.code() + " " + finding.subject())
        .toList();
  }

  @Test
  void aRoleWithoutRightsIsToldEachOfThem() throws Exception {
    both("rights", "CREATE TABLE orders (id int PRIMARY KEY)");

    CheckReport report = check("rights", "veer", "pw", "pw");

    assertThat(report.findings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(
            "REPLICATION_RIGHT",
            "CREATE_RIGHT",
            "SELECT_RIGHT",
            "OWNER_RIGHT",
            "PUBLICATION",
            "FOLLOWER_RIGHT",
            "STAMP_RIGHT",
            "WRITE_RIGHT");
  }

  @Test
  void aTargetThatCannotBeCapturedIsFoundOnlyWhereItIsToBe() throws Exception {
    both(
        "silent",
        "CREATE TABLE orders (id int PRIMARY KEY, note text); ALTER TABLE orders OWNER TO veer");
    execute(source, "silent", "GRANT CREATE ON DATABASE silent TO veer");
    CheckReport without = check("silent", "veer", "pw", "pw");

    echoed = true;
    try {
      CheckReport with = check("silent", "veer", "pw", "pw");
      assertThat(with.findings())
          .filteredOn(finding -> !without.findings().contains(finding))
          .extracting(finding -> finding.code() + " " + finding.subject())
          .containsExactlyInAnyOrder("REPLICATION_RIGHT target", "PUBLICATION echo of wave main");
      assertThat(found("silent")).as("a superuser makes everything itself").isEmpty();
    } finally {
      echoed = false;
    }
  }

  private void both(String database, String sql) throws SQLException {
    for (SandboxPostgres server : List.of(source, target)) {
      server.createDatabase(database);
      execute(server, database, sql);
    }
  }

  @Test
  void whatTiesTablesOfDifferentWavesTogetherIsNamed() throws Exception {
    both(
        "phased",
        """
        CREATE SEQUENCE numbers;
        CREATE SEQUENCE nobodys;
        CREATE TABLE first_parent (id int PRIMARY KEY DEFAULT nextval('numbers'), own serial);
        CREATE TABLE first_child (id int PRIMARY KEY REFERENCES first_parent);
        CREATE TABLE second_child (id int DEFAULT nextval('numbers'), parent int
          CONSTRAINT to_first REFERENCES first_parent, PRIMARY KEY (id)) PARTITION BY RANGE (id);
        CREATE TABLE second_child_1 PARTITION OF second_child FOR VALUES FROM (0) TO (10);
        """);
    waves =
        "{name: main, tables: {include: [\"public.first*\"]}},"
            + " {name: second, tables: {include: [\"public.second*\"]}}";

    assertThat(found("phased"))
        .containsExactlyInAnyOrder(
            "PARTITIONS_BY_HAND public.second_child",
            "FOREIGN_KEY_ACROSS_WAVES public.second_child.to_first",
            "SEQUENCE_ACROSS_WAVES public.numbers",
            "SEQUENCE_ACROSS_WAVES public.nobodys");
  }

  private static void execute(SandboxPostgres server, String database, String sql)
      throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private CheckReport check(
      String database, String user, String sourcePassword, String targetPassword) throws Exception {
    Path file = directory.resolve(database + ".yaml");
    Files.writeString(
        file,
        """
        migration: shop
        source: {url: "%s", user: %s, password: "${env:SOURCE}"}
        target: {url: "%s", user: %s, password: "${env:TARGET}"}
        waves: [%s]
        verification: {ledger: %s}
        """
            .formatted(
                source.jdbcUrl(database), user, target.jdbcUrl(database), user, waves, echoed));
    VeerConfig config =
        ConfigFile.read(file, Map.of("SOURCE", sourcePassword, "TARGET", targetPassword));
    return new Preflight(config, Clock.systemUTC()).run();
  }
}
