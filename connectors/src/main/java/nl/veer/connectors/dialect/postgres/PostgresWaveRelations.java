package nl.veer.connectors.dialect.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nl.veer.connectors.event.TableId;

/**
 * A publication and its tables by what stays the same when a name is given to something else: oids.
 * The text form is one line each, kept in the log's origin: {@code P oid}, {@code T oid membership
 * schema name}, {@code L oid root schema name}, names URL-encoded.
 *
 * @param publication its oid; 0 if there is none
 * @param roots the published tables
 * @param leaves the leaf partitions of those that are partitioned
 */
public record PostgresWaveRelations(long publication, List<Root> roots, List<Leaf> leaves) {
  private static final String ROOTS =
      """
      SELECT p.oid, c.oid, r.oid, n.nspname, c.relname
      FROM pg_publication p LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid
           LEFT JOIN pg_class c ON c.oid = r.prrelid LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE p.pubname = ? ORDER BY c.oid
      """;

  /**
   * By hand, because pg_partition_tree locks every partition. A partition that was attached, not
   * made as one, has its place in the tree from a later transaction than its system columns.
   */
  private static final String LEAVES =
      """
      WITH RECURSIVE tree(root, oid, attached) AS (
        SELECT r.prrelid, r.prrelid, false
        FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid WHERE p.pubname = ?
        UNION ALL
        SELECT tree.root, i.inhrelid, tree.attached OR i.xmin <> a.xmin
        FROM tree JOIN pg_inherits i ON i.inhparent = tree.oid
             JOIN pg_attribute a ON a.attrelid = i.inhrelid AND a.attnum = -6)
      SELECT c.oid, tree.root, n.nspname, c.relname, coalesce(pg_relation_filenode(c.oid)::bigint, 0),
             coalesce(pg_relation_size(c.oid), 0), tree.attached
      FROM tree JOIN pg_class c ON c.oid = tree.oid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relispartition ORDER BY c.oid
      """;

  private static final String NAMES =
      """
      SELECT c.oid, n.nspname, c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ANY (?)
      """;

  /**
   * A published table.
   *
   * @param membership oid of its place in the publication; another one if it was taken out and put
   *     back
   */
  public record Root(long oid, long membership, TableId name) {}

  /**
   * A leaf partition.
   *
   * @param file where its rows are stored; changed by TRUNCATE and by whatever rewrites it
   * @param bytes how large that is
   * @param attached whether it was a table of its own before
   */
  public record Leaf(long oid, long root, TableId name, long file, long bytes, boolean attached) {}

  public PostgresWaveRelations {
    roots = List.copyOf(roots);
    leaves = List.copyOf(leaves);
  }

  /** As they are now. */
  public static PostgresWaveRelations read(Connection connection, String publication)
      throws SQLException {
    long oid = 0;
    List<Root> roots = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ROOTS)) {
      query.setString(1, publication);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          oid = row.getLong(1);
          if (row.getLong(2) != 0) {
            TableId name = new TableId(row.getString(4), row.getString(5));
            roots.add(new Root(row.getLong(2), row.getLong(3), name));
          }
        }
      }
    }
    return new PostgresWaveRelations(oid, roots, leaves(connection, publication));
  }

  private static List<Leaf> leaves(Connection connection, String publication) throws SQLException {
    List<Leaf> leaves = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(LEAVES)) {
      query.setString(1, publication);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          leaves.add(
              new Leaf(
                  row.getLong(1),
                  row.getLong(2),
                  new TableId(row.getString(3), row.getString(4)),
                  row.getLong(5),
                  row.getLong(6),
                  row.getBoolean(7)));
        }
      }
    }
    return leaves;
  }

  /** These, and such of the other's tables that are none of them. */
  public PostgresWaveRelations withAdded(PostgresWaveRelations other, Predicate<TableId> wanted) {
    Set<TableId> names = roots.stream().map(Root::name).collect(Collectors.toSet());
    List<Root> all = new ArrayList<>(roots);
    other.roots.stream()
        .filter(root -> wanted.test(root.name()) && !names.contains(root.name()))
        .forEach(all::add);
    return new PostgresWaveRelations(publication, all, leaves);
  }

  /** The names that relations of these oids have now; those that are gone have none. */
  public static Map<Long, TableId> names(Connection connection, Collection<Long> oids)
      throws SQLException {
    Map<Long, TableId> names = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(NAMES)) {
      query.setArray(1, connection.createArrayOf("int8", oids.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          names.put(row.getLong(1), new TableId(row.getString(2), row.getString(3)));
        }
      }
    }
    return names;
  }

  /** For the log's origin; what changes all the time is left out. */
  public String text() {
    StringBuilder text = new StringBuilder("P " + publication);
    for (Root root : roots) {
      text.append("\nT %d %d %s".formatted(root.oid(), root.membership(), written(root.name())));
    }
    for (Leaf leaf : leaves) {
      text.append("\nL %d %d %s".formatted(leaf.oid(), leaf.root(), written(leaf.name())));
    }
    return text.toString();
  }

  /**
   * Reads {@link #text}; files and sizes are 0.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PostgresWaveRelations parse(String text) {
    long publication = 0;
    List<Root> roots = new ArrayList<>();
    List<Leaf> leaves = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "P" -> publication = Long.parseLong(words[1]);
        case "T" ->
            roots.add(
                new Root(
                    Long.parseLong(words[1]), Long.parseLong(words[2]), read(words[3], words[4])));
        case "L" ->
            leaves.add(
                new Leaf(
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    read(words[3], words[4]),
                    0,
                    0,
                    false));
        default -> throw new IllegalArgumentException("Not a wave's relations");
      }
    }
    return new PostgresWaveRelations(publication, roots, leaves);
  }

  private static String written(TableId table) {
    return URLEncoder.encode(table.schema(), StandardCharsets.UTF_8)
        + " "
        + URLEncoder.encode(table.name(), StandardCharsets.UTF_8);
  }

  private static TableId read(String schema, String name) {
    return new TableId(
        URLDecoder.decode(schema, StandardCharsets.UTF_8),
        URLDecoder.decode(name, StandardCharsets.UTF_8));
  }
}
