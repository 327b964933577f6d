package nl.veer.control.dashboard.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which of a wave's tables are asked for.
 *
 * @param verdict null for any
 * @param contains a part of the names, in whatever case; null for any
 * @param offset how many to leave out in front
 */
public record TablesAsked(
    @Nullable String verdict, @Nullable String contains, TableOrder order, int offset, int limit) {

  boolean fits(TableBody table) {
    return (verdict == null || table.verdict().equals(verdict))
        && (contains == null
            || table.table().toLowerCase(Locale.ROOT).contains(contains.toLowerCase(Locale.ROOT)));
  }
}
