package nl.veer.control.type;

import static nl.veer.control.type.TypeRow.type;

import java.util.List;

/** Geometric types; none has an order that a key could use. */
final class ShapeTypes {
  static final List<TypeRow> ROWS =
      List.of(
          type("point").noKey().with("(1.5,-0)", "(NaN,Infinity)", "(5e-324,1e+300)"),
          type("line").noKey().with("{1,-1,0}", "{0.1,0.30000000000000004,-0}"),
          type("lseg").noKey().with("[(0,0),(1,1e-300)]"),
          type("box")
              .noKey()
              .with("(1,1),(0,0)")
              .reads("(0,-0),(Infinity,1)", "(Infinity,1),(0,-0)"),
          type("path")
              .noKey()
              .with("[(0,0),(1,-0)]", "((0,0),(1,1))")
              .large("('[(0,0)' || repeat(',(1.25,-7)', 2000) || ']')::path"),
          type("polygon")
              .noKey()
              .with("((0,0),(1,1),(1,0))")
              .large("('((0,0)' || repeat(',(1.25,-7)', 2000) || ')')::polygon"),
          type("circle").noKey().with("<(1,-0),1e+308>", "<(0,0),0>"));

  private ShapeTypes() {}
}
