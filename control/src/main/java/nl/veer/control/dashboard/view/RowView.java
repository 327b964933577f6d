package nl.veer.control.dashboard.view;

import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about rows that differ: why, what became of one of them, and what it holds. Each
 * method reads anew and throws a {@link Failure} where there is no answer. Safe for use by several
 * threads.
 */
public interface RowView {
  /**
   * What differs, by cause.
   *
   * @param wave null for all
   * @param closed also causes of which nothing is open
   */
  Causes causes(@Nullable String wave, boolean closed);

  /**
   * What log and echo hold of a row. It may take minutes.
   *
   * @param key the digest of its key, as differences and findings name it
   * @param search told how far it is, and asked whether anybody still waits
   */
  KeyHistory keyHistory(String wave, String table, String key, Search search);

  /**
   * What both sides hold of a row that a scan has found to differ: real values.
   *
   * @param id of the difference
   * @return empty if the wave has no such difference
   */
  Optional<ShownRow> values(String wave, long id);

  /** Somebody who waits for a search. */
  interface Search {
    /** If not, the search ends at its next step. */
    boolean isWanted();

    /**
     * @param words how far it is, for people
     */
    void at(String words);
  }
}
