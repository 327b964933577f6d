package nl.veer.control.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A type of the table, with values of it. Immutable; made with {@link #type} and the methods that
 * add to it.
 *
 * @param declared as a column declares it
 * @param values none is equal to another as text
 * @param key whether it can be a primary key
 * @param notNull whether it allows no NULL
 * @param large an expression of the type, so large that its value is kept outside of the row; empty
 *     if there is none
 * @param extension the extension that brings it; empty if the server has it
 */
record TypeRow(
    String declared,
    List<Value> values,
    boolean key,
    boolean notNull,
    Optional<String> large,
    Optional<String> extension) {

  /**
   * A value.
   *
   * @param literal as a client may write it
   * @param canonical {@code col::text} under the settings of {@link TypeTable#SETTINGS}
   */
  record Value(String literal, String canonical) {}

  TypeRow {
    values = List.copyOf(values);
  }

  /** A type that can be a key, without values yet. */
  static TypeRow type(String declared) {
    return new TypeRow(declared, List.of(), true, false, Optional.empty(), Optional.empty());
  }

  /** Values whose canonical form is what was written. */
  TypeRow with(String... canonical) {
    TypeRow row = this;
    for (String literal : canonical) {
      row = row.reads(literal, literal);
    }
    return row;
  }

  /** A value whose canonical form is another than what was written. */
  TypeRow reads(String literal, String canonical) {
    List<Value> more = new ArrayList<>(values);
    more.add(new Value(literal, canonical));
    return new TypeRow(declared, more, key, notNull, large, extension);
  }

  TypeRow noKey() {
    return new TypeRow(declared, values, false, notNull, large, extension);
  }

  TypeRow withoutNull() {
    return new TypeRow(declared, values, key, true, large, extension);
  }

  TypeRow large(String expression) {
    return new TypeRow(declared, values, key, notNull, Optional.of(expression), extension);
  }

  TypeRow from(String name) {
    return new TypeRow(declared, values, key, notNull, large, Optional.of(name));
  }

  /** The value of this number as SQL; numbers beyond the last begin anew. */
  String sql(int number) {
    String literal = values.get(number % values.size()).literal();
    return "'" + literal.replace("'", "''") + "'::" + declared;
  }

  String nullSql() {
    return notNull ? sql(0) : "NULL::" + declared;
  }
}
