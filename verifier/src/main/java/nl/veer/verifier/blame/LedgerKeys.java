package nl.veer.verifier.blame;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import nl.veer.verifier.value.CanonicalBytes;
import nl.veer.verifier.value.PostgresRowValues;
import nl.veer.verifier.verdict.RowKey;

/** Keys of a scan by the ledger's digests. Owned by one thread. */
public final class LedgerKeys {
  private final KeyedDigester digester;
  private final CanonicalBytes buffer = new CanonicalBytes();

  public LedgerKeys(DigestKey secret) {
    this.digester = new KeyedDigester(secret);
  }

  /** Empty if the log tells the table's rows apart by other columns. */
  public Optional<Digest128> of(BlamedTable table, RowKey key) {
    List<String> names = table.table().key().stream().map(KeyColumn::name).toList();
    if (table.logKey().isEmpty() || !names.containsAll(table.logKey())) {
      return Optional.empty();
    }
    buffer.clear();
    List<String> bases = new ArrayList<>();
    for (String name : table.logKey()) {
      String base = Objects.requireNonNull(table.source().column(name)).base();
      bases.add(base);
      PostgresRowValues.of(base).write(text(base, key.texts().get(names.indexOf(name))), buffer);
    }
    // A cast to text, as a scan's key is, has cut the blanks that this type's own text has.
    return bases.contains("character")
        ? Optional.empty()
        : Optional.of(digester.digest(buffer.array(), buffer.size()));
  }

  /** A cast to text writes these two in full. */
  private static String text(String base, String cast) {
    return base.equals("boolean") ? cast.substring(0, 1) : cast;
  }
}
