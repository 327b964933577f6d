package nl.veer.verifier.verdict;

import java.util.List;

/**
 * Which row: the texts of its key's columns, in key order, as the database writes them; of a table
 * without a key the digest of the whole row. Holds a row's values, so it prints without them.
 */
public record RowKey(List<String> texts) {

  public RowKey {
    texts = List.copyOf(texts);
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return "RowKey of " + texts.size() + " columns";
  }
}
