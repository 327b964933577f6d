package nl.veer.control.type;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.veer.control.crossing.CrossingWorld;

/**
 * Two databases with all the types of the table that their extensions allow. A user's type has
 * another OID on each side, as between any two servers. Owned by the test's thread.
 */
final class TypeWorld implements AutoCloseable {
  private static final int OIDS_APART = 40;

  final CrossingWorld databases;
  final List<TypeRow> rows;

  private TypeWorld(CrossingWorld databases, List<TypeRow> rows) {
    this.databases = databases;
    this.rows = List.copyOf(rows);
  }

  static TypeWorld make() throws SQLException {
    CrossingWorld databases = CrossingWorld.with();
    for (int i = 0; i < OIDS_APART; i++) {
      databases.onTarget("CREATE TYPE apart_" + i + " AS ENUM ('other oids')");
    }
    databases.onBoth("CREATE SCHEMA " + ExtensionTypes.SCHEMA);
    List<TypeRow> rows = new ArrayList<>();
    Set<String> available = available(databases);
    Set<String> created = new TreeSet<>();
    for (TypeRow row : TypeTable.rows()) {
      String extension = row.extension().orElse("");
      if (extension.isEmpty() || available.contains(extension)) {
        rows.add(row);
        created.add(extension);
      } else {
        System.out.println(
            "Left out: " + row.declared() + ", for there is no extension " + extension + " here");
      }
    }
    created.remove("");
    for (String extension : created) {
      databases.onBoth("CREATE EXTENSION " + extension + " SCHEMA " + ExtensionTypes.SCHEMA);
    }
    databases.onBoth(OwnTypes.DDL.toArray(String[]::new));
    return new TypeWorld(databases, rows);
  }

  private static Set<String> available(CrossingWorld databases) throws SQLException {
    String query = "SELECT name FROM pg_available_extensions";
    Set<String> both = databases.sourceText(query).lines().collect(Collectors.toSet());
    both.retainAll(databases.targetText(query).lines().toList());
    return both;
  }

  /** All types. */
  TypeTables all() {
    return new TypeTables(rows);
  }

  /** Those whose binary form means the same on every server. */
  TypeTables portable() {
    List<TypeRow> own =
        Stream.concat(OwnTypes.ROWS.stream(), ExtensionTypes.ROWS.stream()).toList();
    return new TypeTables(
        rows.stream()
            .filter(row -> !own.contains(row))
            .filter(row -> !row.declared().matches("tsquery|int2vector|oidvector"))
            .toList());
  }

  @Override
  public void close() throws SQLException {
    databases.close();
  }
}
