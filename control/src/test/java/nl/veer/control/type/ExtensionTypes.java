package nl.veer.control.type;

import static nl.veer.control.type.TypeRow.type;

import java.util.List;
import java.util.Set;

/** Types of extensions, in a schema of their own that is in nobody's search path. */
final class ExtensionTypes {
  static final String SCHEMA = "ext";

  /** Carried, but not tried: no binaries that tests could use have their extensions. */
  static final Set<String> NOT_TRIED = Set.of("geometry", "geography", "vector");

  static final List<TypeRow> ROWS =
      List.of(
          type("ext.citext")
              .with("", "Abc", "aBC", "NULL")
              .large("repeat(md5('1'), 300)::ext.citext")
              .from("citext"),
          type("ext.hstore")
              .with("", "\"\"=>\"\\\"\\\\\", \"a\"=>\"1\", \"b\"=>NULL")
              .large("ext.hstore('k', repeat(md5('1'), 300))")
              .from("hstore"),
          type("ext.ltree")
              .with("", "Top.Sci_ence.a")
              .large("('a' || repeat('.abcdefgh', 900))::ext.ltree")
              .from("ltree"),
          type("ext.lquery").noKey().with("Top.*{1,2}.a|b", "!x.*.a%@*|b").from("ltree"),
          type("ext.ltxtquery").noKey().with("Europe & Russia@* & !Transportation").from("ltree"),
          type("ext.cube").with("(1, 2),(3, 4.1)", "(-0)", "()", "(1, 2),(3, NaN)").from("cube"),
          type("ext.ean13")
              .with("978-0-11-000533-1")
              .reads("9780110005334!", "978-0-11-000533-1!")
              .from("isn"),
          type("ext.isbn").with("0-393-04003-8").from("isn"),
          type("ext.isbn13").with("978-0-393-04003-6").from("isn"),
          type("ext.issn").with("1436-4522").from("isn"),
          type("ext.issn13").with("977-1436-452-00-8").from("isn"),
          type("ext.ismn").with("M-706700-12-0").from("isn"),
          type("ext.ismn13").with("979-0-706700-12-0").from("isn"),
          type("ext.upc").with("220356483481").from("isn"));

  private ExtensionTypes() {}
}
