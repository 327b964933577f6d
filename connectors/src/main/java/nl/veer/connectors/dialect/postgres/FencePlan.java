package nl.veer.connectors.dialect.postgres;

import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;

/**
 * What a fence changes, and how it was before. Kept durably before the fence is raised: it is all
 * that is needed to lower it again, from whatever state a crash has left.
 *
 * @param text for {@link #parse}; holds names of roles and tables and what they may do, no rows
 */
public record FencePlan(Kind kind, String text) {

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static FencePlan parse(String text) {
    String first = text.lines().findFirst().orElse("");
    for (Kind kind : Kind.values()) {
      if (first.equals(heading(kind))) {
        return new FencePlan(kind, text);
      }
    }
    throw new IllegalArgumentException("Not the plan of a fence");
  }

  /** The first line of a plan of this kind. */
  static String heading(Kind kind) {
    return FenceLines.line("fence", kind.name(), "1");
  }
}
