package nl.veer.verifier.scan.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import nl.veer.verifier.scan.postgres.ScanTable.LeftOut;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/** Puts together what both sides' catalogs say of a table. Pure. */
public final class TableMatch {
  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");

  /** Their order is the same everywhere, whatever the locale; enums' order is each side's own. */
  private static final Set<String> ORDERED =
      Set.of(
          "smallint",
          "integer",
          "bigint",
          "oid",
          "numeric",
          "real",
          "double precision",
          "uuid",
          "date",
          "time without time zone",
          "timestamp without time zone",
          "timestamp with time zone",
          "bytea",
          "boolean");

  private static final Set<String> NUMBERS =
      Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");

  private static final Set<String> TEXTS = Set.of("text", "character varying");

  private TableMatch() {}

  /** Either the table as both have it, or why it cannot be compared. */
  public sealed interface Match {
    /** It can be compared. */
    record Comparable(ScanTable table) implements Match {}

    /** It cannot. */
    record Unfit(String why) implements Match {}
  }

  /**
   * @param tolerances columns that are not to be compared, or not exactly
   */
  public static Match of(
      TableId id, @Nullable TableFacts source, @Nullable TableFacts target, Tolerances tolerances) {
    if (source == null || target == null) {
      return new Match.Unfit(
          "Table %s is not on the %s, or this user may not see it."
              .formatted(
                  id,
                  source == null
                      ? target == null ? "source, nor on the target" : "source"
                      : "target"));
    }
    List<String> compared = new ArrayList<>();
    List<LeftOut> excluded = new ArrayList<>();
    Map<String, Integer> rounded = new LinkedHashMap<>();
    for (TableFacts.Column column : source.columns()) {
      Tolerance tolerance = tolerances.of(id, column.name()).orElse(null);
      if (tolerance instanceof Tolerance.LeftOut) {
        excluded.add(new LeftOut(column.name(), "left out as asked for"));
      } else if (target.column(column.name()) == null) {
        return new Match.Unfit(
            "Table %s has no column %s on the target.".formatted(id, column.name()));
      } else {
        compared.add(column.name());
        if (tolerance instanceof Tolerance.Rounded round) {
          if (!isRounded(source, target, column.name())) {
            return new Match.Unfit(
                ("Column %s of table %s cannot be rounded: it is of the key, or holds no numbers."
                        + " Take the tolerance away.")
                    .formatted(column.name(), id));
          }
          rounded.put(column.name(), round.decimals());
        }
      }
    }
    for (TableFacts.Column column : target.columns()) {
      if (source.column(column.name()) == null) {
        if (!(tolerances.of(id, column.name()).orElse(null) instanceof Tolerance.LeftOut)) {
          return new Match.Unfit(
              "Table %s has a column %s on the target only. Leave it out by name, if it may be there."
                  .formatted(id, column.name()));
        }
        excluded.add(new LeftOut(column.name(), "only the target has it; left out as asked for"));
      }
    }
    List<KeyColumn> key = key(source, target, compared);
    return new Match.Comparable(
        new ScanTable(
            id,
            compared,
            excluded,
            rounded,
            key,
            walked(source, target, key),
            source.estimatedRows(),
            source.logTellsKeys(),
            source.partitioned(),
            target.partitioned()));
  }

  private static boolean isRounded(TableFacts source, TableFacts target, String name) {
    TableFacts.Column one = source.column(name);
    TableFacts.Column other = target.column(name);
    return !source.key().contains(name)
        && one != null
        && other != null
        && NUMBERS.contains(one.base())
        && NUMBERS.contains(other.base());
  }

  /** No key if rows of the target could be without it: then the whole row is. */
  private static List<KeyColumn> key(TableFacts source, TableFacts target, List<String> compared) {
    List<KeyColumn> key = new ArrayList<>();
    for (String name : source.key()) {
      TableFacts.Column one = source.column(name);
      TableFacts.Column other = target.column(name);
      if (one == null || other == null || !other.notNull() || !compared.contains(name)) {
        return List.of();
      }
      key.add(
          new KeyColumn(
              name, one.type(), other.type(), TEXTS.contains(one.base()), found(one, other)));
    }
    return key;
  }

  /** A type that holds whatever either side's holds, and by which both sides' index is used. */
  private static @Nullable String found(TableFacts.Column one, TableFacts.Column other) {
    if (INTEGERS.contains(one.base()) && INTEGERS.contains(other.base())) {
      return "bigint";
    }
    boolean same = one.base().equals(other.base());
    if (same && one.base().equals("character")) {
      return "bpchar";
    }
    return same && (ORDERED.contains(one.base()) || TEXTS.contains(one.base())) ? one.base() : null;
  }

  private static boolean walked(TableFacts source, TableFacts target, List<KeyColumn> key) {
    for (KeyColumn column : key) {
      TableFacts.Column one = source.column(column.name());
      TableFacts.Column other = target.column(column.name());
      if (one == null || other == null || !ordered(one, other)) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  private static boolean ordered(TableFacts.Column source, TableFacts.Column target) {
    boolean same =
        source.base().equals(target.base())
            || (INTEGERS.contains(source.base()) && INTEGERS.contains(target.base()));
    return same
        && (ORDERED.contains(source.base())
            || (TEXTS.contains(source.base()) && source.binary() && target.binary()));
  }
}
