package nl.veer.control.dashboard.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole migration at a glance.
 *
 * @param veer version of the Veer that answers
 * @param at when its status was read; null if none was yet
 * @param ageMillis of that status; null if there is none
 * @param verdict of all waves: EQUAL only if each is, UNKNOWN too if nothing was heard for a while
 * @param waves how many there are
 * @param tables how many those have
 * @param equal how many tables are EQUAL
 * @param different how many are DIFFERENT
 * @param unknown how many are UNKNOWN
 * @param troubles what stands in the way or could not be read, for people
 */
public record MigrationBody(
    String migration,
    String veer,
    @Nullable String at,
    @Nullable Long ageMillis,
    String verdict,
    int waves,
    long tables,
    long equal,
    long different,
    long unknown,
    List<String> troubles) {

  public MigrationBody {
    troubles = List.copyOf(troubles);
  }
}
