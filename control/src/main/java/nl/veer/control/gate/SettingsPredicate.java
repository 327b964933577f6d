package nl.veer.control.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.veer.connectors.dialect.postgres.PostgresIndex;
import nl.veer.connectors.dialect.postgres.PostgresSurroundings;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/** Judges the servers around the tables: shut is what breaks, named is what differs. Pure. */
final class SettingsPredicate {
  private static final String PREPARED = "max_prepared_transactions";

  private final Collection<TableId> tables;

  SettingsPredicate(Collection<TableId> tables) {
    this.tables = tables;
  }

  /**
   * @param definitions where they are not known, any text key is taken to be there
   */
  Predicate of(Fact<ServerFacts> servers, Fact<DefinitionFacts> definitions) {
    return PredicateName.SETTINGS.is(
        servers.judged(both -> state(both.active(), both.passive(), textKeys(definitions))));
  }

  private List<String> textKeys(Fact<DefinitionFacts> definitions) {
    return definitions instanceof Fact.Known<DefinitionFacts> known
        ? known.value().active().indexes().stream()
            .filter(index -> index.unique() && index.collated() && tables.contains(index.table()))
            .map(PostgresIndex::table)
            .distinct()
            .map(TableId::toString)
            .toList()
        : List.of("any");
  }

  private static PredicateState state(
      PostgresSurroundings active, PostgresSurroundings passive, List<String> textKeys) {
    List<Problem> problems = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    extensions(active.extensions(), passive.extensions(), problems, notes);
    if (!active.encoding().equals(passive.encoding())) {
      problems.add(
          new Problem(
              "the encoding is %s, not %s".formatted(passive.encoding(), active.encoding()),
              "Make the database anew with ENCODING '%s'.".formatted(active.encoding())));
    }
    locale(active, passive, textKeys, problems, notes);
    if (passive.version() < active.version()) {
      notes.add("the server is older: %s, not %s".formatted(passive.version(), active.version()));
    }
    if (passive.maxConnections() < active.maxConnections()) {
      notes.add(
          "max_connections is %d, not %d"
              .formatted(passive.maxConnections(), active.maxConnections()));
    }
    prepared(active, passive).ifPresent(problems::add);
    new TreeMap<>(active.settings())
        .forEach(
            (name, value) -> {
              String there = passive.settings().get(name);
              if (!value.equals(there)) {
                notes.add(differing(name, value, there));
              }
            });
    return Problem.state(
        problems, notes.isEmpty() ? "as on the active side" : "differs: " + Few.of(notes));
  }

  /** A user's own setting, which has a dot in its name, may be a secret: it is not shown. */
  private static String differing(String name, String value, @Nullable String there) {
    return name.contains(".")
        ? name + (there == null ? " is not set" : " is another")
        : "%s is %s, not %s".formatted(name, there == null ? "not set" : there, value);
  }

  /** Where none may be prepared, whoever does it fails. */
  private static Optional<Problem> prepared(
      PostgresSurroundings active, PostgresSurroundings passive) {
    String here = active.settings().getOrDefault(PREPARED, "0");
    return !here.equals("0") && passive.settings().getOrDefault(PREPARED, "0").equals("0")
        ? Optional.of(
            new Problem(
                PREPARED + " is 0, not " + here,
                "ALTER SYSTEM SET %s = %s; -- then restart the server".formatted(PREPARED, here)))
        : Optional.empty();
  }

  private static void extensions(
      Map<String, String> active,
      Map<String, String> passive,
      List<Problem> problems,
      List<String> notes) {
    new TreeMap<>(active)
        .forEach(
            (name, version) -> {
              String there = passive.get(name);
              if (there == null) {
                problems.add(
                    new Problem(
                        "extension %s is missing".formatted(name),
                        "CREATE EXTENSION \"%s\";".formatted(name)));
              } else if (!there.equals(version)) {
                notes.add("extension %s is %s, not %s".formatted(name, there, version));
              }
            });
  }

  private static void locale(
      PostgresSurroundings active,
      PostgresSurroundings passive,
      List<String> textKeys,
      List<Problem> problems,
      List<String> notes) {
    boolean sorts = !plain(active.locale()).equals(plain(passive.locale()));
    if (!sorts && plain(active.ctype()).equals(plain(passive.ctype()))) {
      return;
    }
    String what =
        "text is sorted by %s, not %s"
            .formatted(
                sorts ? passive.locale() : passive.ctype(),
                sorts ? active.locale() : active.ctype());
    if (sorts && !textKeys.isEmpty()) {
      problems.add(
          new Problem(
              what + ", which keys of %s stand on".formatted(Few.of(textKeys)),
              "Make the database anew with the same LOCALE_PROVIDER and LC_COLLATE; or make sure that"
                  + " no application minds, and waive this."));
    } else {
      notes.add(what);
    }
  }

  /** {@code en_US.UTF-8} and {@code en_US.utf8} are one. */
  private static String plain(String locale) {
    return locale.toLowerCase(Locale.ROOT).replace("-", "");
  }
}
