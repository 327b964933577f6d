package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.dialect.KeyText;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows by COPY and by arrays, against the server's own reading of the same texts. */
class PostgresRowStatementsIT {
  private static final TableId COPIED = new TableId("public", "copied");
  private static final int ROWS = 100;

  private static final String VALUES =
      "SELECT count(*) FILTER (WHERE v IS NULL) || ' NULL, '"
          + " || string_agg(DISTINCT v::text, ' and ' ORDER BY v::text) FROM copied";

  private static SandboxPostgres server;

  private Connection connection;

  @BeforeAll
  static void startServer() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void openSession() throws SQLException {
    connection = server.connect("postgres");
    PostgresSettings.forTarget(connection);
  }

  @AfterEach
  void closeSession() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          boolean       | t                                     | f
          smallint      | -32768                                | 32767
          integer       | -2147483648                           | 2147483647
          bigint        | -9223372036854775808                  | 9223372036854775807
          real          | 1.17549435E-38                        | -3.4028235E38
          real          | NaN                                   | -0.0
          float8        | 4.9E-324                              | 1.7976931348623157E308
          float8        | 0.1                                   | Infinity
          numeric       | 123456789012345678901234567890.00100  | -0.000000000000000000001
          numeric       | 100000000                             | 0.10
          numeric       | NaN                                   | Infinity
          numeric(12,2) | 9999999999.99                         | -0.01
          text          | a\tb\\N                               | ""
          varchar(3)    | é€ü                                   | xyz
          char(5)       | ab                                    | ""
          json          | "{ ""a"" : 1.0 }"                     | null
          jsonb         | "{ ""b"": 1, ""a"": 1.0 }"            | []
          bytea         | \\x                                   | \\x00ff7f
          uuid          | 00112233-4455-6677-8899-aabbccddeeff  | ffffffff-ffff-ffff-ffff-ffffffffffff
          date          | 0001-01-01                            | 9999-12-31
          date          | infinity                              | 0044-03-15 BC
          time          | 00:00:00                              | 23:59:59.999999
          time          | 24:00:00                              | 12:00:00.000001
          timestamp     | 0001-01-01 00:00:00                   | 9999-12-31 23:59:59.999999
          timestamp     | -infinity                             | 4713-11-24 00:00:00 BC
          timestamp(3)  | 2024-02-29 12:00:00.123456            | 1999-12-31 23:59:59.999500
          timestamptz   | 2024-02-29 12:00:00.123456+00         | 294276-12-31 23:59:59.999999+00
          positive      | 1                                     | 2147483647
          interval      | 1 day                                 | -00:00:00.000001
          """)
  void keepsEveryValueAsTheServerReadsItsText(String type, String one, String other)
      throws SQLException {
    make("v " + type);
    List<RowText> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(i, i % 3 == 0 ? null : i % 3 == 1 || i < ROWS / 2 ? one : other));
    }
    String expected =
        ask(
            "SELECT '34 NULL, ' || string_agg(DISTINCT t::text, ' and ' ORDER BY t::text)"
                + " FROM (VALUES ('%s'::%s), ('%s'::%s)) AS x(t)"
                    .formatted(one, type, other, type));
    assertThat(insert(rows)).isEqualTo(ROWS);
    assertThat(ask(VALUES)).isEqualTo(expected);
    execute("UPDATE copied SET v = NULL");
    assertThat(update(rows)).isEqualTo(ROWS);
    assertThat(ask(VALUES)).isEqualTo(expected);
    assertThat(delete(rows)).isEqualTo(ROWS);
    for (int from = 0; from < ROWS; from += ROWS / 4) {
      assertThat(insert(rows.subList(from, from + ROWS / 4))).isEqualTo(ROWS / 4);
    }
    assertThat(ask(VALUES)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bigint      | -1                                   | 9223372036854775807
          numeric     | 1.0                                  | 100000.000000000001
          uuid        | 00112233-4455-6677-8899-aabbccddeeff | ffffffff-ffff-ffff-ffff-ffffffffffff
          date        | 2024-02-29                           | 0044-03-15 BC
          timestamptz | 2024-02-29 12:00:00.123456+00        | infinity
          float8      | 0.1                                  | -0.0
          boolean     | t                                    | f
          varchar(9)  | é€                                   | x
          char(9)     | a                                    | b
          """)
  void findsRowsByTheirKeys(String type, String one, String other) throws SQLException {
    execute("CREATE TABLE copied (id " + type + " PRIMARY KEY, v int)");
    List<RowText> rows =
        List.of(new RowText(new Object[] {one, "1"}), new RowText(new Object[] {other, "2"}));
    assertThat(insert(rows)).isEqualTo(2);
    execute("UPDATE copied SET v = v - 3");
    assertThat(update(rows)).isEqualTo(2);
    assertThat(ask("SELECT string_agg(v::text, ',' ORDER BY v) FROM copied")).isEqualTo("1,2");
    assertThat(delete(rows.subList(0, 1))).isEqualTo(1);
    assertThat(ask("SELECT v FROM copied")).isEqualTo("2");
  }

  @Test
  void writesOnFromARowThatIsNotPlain() throws SQLException {
    make("v numeric");
    List<RowText> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(i, i == 60 ? "1e3" : i + ".5"));
    }
    assertThat(insert(rows)).isEqualTo(ROWS);
    assertThat(ask("SELECT sum(v) || ', ' || count(DISTINCT id) FROM copied"))
        .isEqualTo("5939.5, 100");
  }

  @Test
  void writesARowThatIsLarge() throws SQLException {
    make("v text");
    List<RowText> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(i, i == 60 ? "é".repeat(3_000_000) : "small"));
    }
    assertThat(insert(rows)).isEqualTo(ROWS);
    assertThat(ask("SELECT sum(length(v)) FROM copied")).isEqualTo("3000495");
  }

  @Test
  void cutsNothingThatIsTooLong() throws SQLException {
    make("v varchar(3)");
    List<RowText> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(i, i == 60 ? "long" : "xyz"));
    }
    assertThatThrownBy(() -> insert(rows))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind().name()).isEqualTo("TARGET_DATA"))
        .hasMessageNotContaining("long");
  }

  private void make(String columns) throws SQLException {
    execute("CREATE DOMAIN positive AS int CHECK (VALUE > 0)");
    execute("CREATE TABLE copied (id int PRIMARY KEY, " + columns + ")");
  }

  private long insert(List<RowText> rows) throws SQLException {
    return new PostgresRowStatements(connection).insert(table(), rows.get(0).present(), rows);
  }

  private long update(List<RowText> rows) throws SQLException {
    BitSet columns = new BitSet();
    columns.set(1);
    return new PostgresRowStatements(connection).update(table(), columns, keys(rows), rows);
  }

  private long delete(List<RowText> rows) throws SQLException {
    return new PostgresRowStatements(connection).delete(table(), keys(rows));
  }

  private static List<KeyText> keys(List<RowText> rows) {
    return rows.stream().map(row -> row.key(List.of(0))).toList();
  }

  private TargetTable table() throws SQLException {
    return Objects.requireNonNull(
        PostgresTargetCatalog.tables(connection, Map.of(COPIED, List.of("id"))).get(COPIED));
  }

  private static RowText row(int id, @Nullable String value) {
    return new RowText(new @Nullable Object[] {Integer.toString(id), value});
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
