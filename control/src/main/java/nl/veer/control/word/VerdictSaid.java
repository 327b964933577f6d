package nl.veer.control.word;

import org.jspecify.annotations.Nullable;

/**
 * The verdict as of the last look of the process that keeps it.
 *
 * @param verdict EQUAL, DIFFERENT or UNKNOWN; null before the first look
 * @param reason null unless UNKNOWN
 * @param position of the source, for which it holds; null if there is none
 * @param equal tables, and so on
 */
public record VerdictSaid(
    @Nullable String verdict,
    @Nullable String reason,
    @Nullable String position,
    int equal,
    int different,
    int unknown)
    implements Said {

  @Override
  public String gist() {
    return verdict + " " + reason + " " + different;
  }
}
