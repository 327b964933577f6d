package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** Reads and sets sequences, on either side. Stateless. */
public final class PostgresSequences {
  /** One statement reads this many: each is a relation to open. */
  private static final int AT_ONCE = 200;

  /** Attached ones depend on their column: an identity's inside, OWNED BY's and serial's not. */
  private static final String DEFINITIONS =
      """
      SELECT n.nspname, c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqmin, s.seqmax,
             s.seqincrement, s.seqcycle, s.seqcache, tn.nspname, t.relname, a.attname
      FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND d.objsubid = 0 AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
                AND d.deptype IN ('a', 'i')
           LEFT JOIN pg_class t ON t.oid = d.refobjid
           LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
           LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE n.nspname = ANY (?) AND c.relpersistence <> 't'
      ORDER BY 1, 2
      """;

  /** The server may ask before it filters, and refuses to for what is no sequence: hence CASE. */
  private static final String LACKING =
      """
      SELECT format('GRANT %s ON SEQUENCE %I.%I TO %I;', ?::text, n.nspname, c.relname,
                    current_user)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ANY (?) AND c.relpersistence <> 't'
        AND CASE WHEN c.relkind = 'S' THEN NOT has_sequence_privilege(c.oid, ?) ELSE false END
      ORDER BY 1
      """;

  private PostgresSequences() {}

  /** All of these schemas, attached to a column or not, sorted; temporary ones are left out. */
  public static List<Sequence> read(Connection side, Collection<String> schemas)
      throws SQLException {
    List<Sequence> definitions = definitions(side, schemas);
    List<Sequence> sequences = new ArrayList<>();
    for (int from = 0; from < definitions.size(); from += AT_ONCE) {
      int to = Math.min(definitions.size(), from + AT_ONCE);
      sequences.addAll(withState(side, definitions.subList(from, to)));
    }
    return sequences;
  }

  /**
   * The grants that the connection's role lacks for sequences of these schemas, as SQL.
   *
   * @param toSet whether they are to be set, not only read
   */
  public static List<String> obstacles(Connection side, Collection<String> schemas, boolean toSet)
      throws SQLException {
    List<String> grants = new ArrayList<>();
    for (String right : toSet ? List.of("SELECT", "UPDATE") : List.of("SELECT")) {
      try (PreparedStatement query = side.prepareStatement(LACKING)) {
        query.setString(1, right);
        query.setArray(2, side.createArrayOf("text", schemas.toArray()));
        query.setString(3, right);
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            grants.add(row.getString(1));
          }
        }
      }
    }
    return grants;
  }

  /**
   * Sets them, and reads them back. PostgreSQL does not take {@code setval} back when a transaction
   * fails: some may be set then. It can be repeated.
   *
   * @throws Failure if one is not where it was set to, or further: somebody sets it as well
   */
  public static void set(Connection side, List<SequenceTarget> values) throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    OwnTransaction.run(side, () -> setAll(side, values));
    List<String> schemas = values.stream().map(SequenceTarget::schema).distinct().toList();
    List<Sequence> now = read(side, schemas);
    for (SequenceTarget value : values) {
      if (now.stream().noneMatch(sequence -> isAt(sequence, value))) {
        throw new Failure(
            FailureKind.CONFLICT,
            "SEQUENCE_MOVED",
            ("Sequence %s does not stand where Veer has set it a moment ago. Somebody else sets"
                    + " it: find out who draws from the side that is not open yet, and go on.")
                .formatted(value));
      }
    }
  }

  private static void setAll(Connection side, List<SequenceTarget> values) throws SQLException {
    try (PreparedStatement set = side.prepareStatement("SELECT setval(?::text::regclass, ?, ?)")) {
      for (SequenceTarget value : values) {
        set.setString(1, value.quoted());
        set.setLong(2, value.value());
        set.setBoolean(3, value.called());
        set.execute();
      }
    }
  }

  private static boolean isAt(Sequence sequence, SequenceTarget value) {
    if (!sequence.quoted().equals(value.quoted())) {
      return false;
    }
    if (sequence.lastValue() == value.value()) {
      return true;
    }
    return sequence.definition().cycle()
        || sequence.lastValue() > value.value() == sequence.definition().increment() > 0;
  }

  private static List<Sequence> definitions(Connection side, Collection<String> schemas)
      throws SQLException {
    List<Sequence> definitions = new ArrayList<>();
    try (PreparedStatement query = side.prepareStatement(DEFINITIONS)) {
      query.setArray(1, side.createArrayOf("text", schemas.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          definitions.add(definition(row));
        }
      }
    }
    return definitions;
  }

  private static Sequence definition(ResultSet row) throws SQLException {
    Sequence.Definition definition =
        new Sequence.Definition(
            row.getString(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getBoolean(8),
            row.getLong(9));
    @Nullable String table = row.getString(11);
    return new Sequence(
        row.getString(1),
        row.getString(2),
        definition,
        definition.start(),
        false,
        table == null ? null : new TableId(row.getString(10), table),
        row.getString(12));
  }

  /** The state is the sequence's own single row. */
  private static List<Sequence> withState(Connection side, List<Sequence> definitions)
      throws SQLException {
    String states =
        IntStream.range(0, definitions.size())
            .mapToObj(
                place ->
                    "SELECT %d, last_value, is_called FROM %s"
                        .formatted(place, definitions.get(place).quoted()))
            .collect(Collectors.joining(" UNION ALL "));
    List<Sequence> sequences = new ArrayList<>();
    try (Statement statement = side.createStatement();
        ResultSet row = statement.executeQuery(states + " ORDER BY 1")) {
      while (row.next()) {
        Sequence sequence = definitions.get(row.getInt(1));
        sequences.add(
            new Sequence(
                sequence.schema(),
                sequence.name(),
                sequence.definition(),
                row.getLong(2),
                row.getBoolean(3),
                sequence.table(),
                sequence.column()));
      }
    }
    return sequences;
  }
}
