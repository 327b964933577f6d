package nl.veer.control.scan;

import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.verifier.record.ScanStore;
import nl.veer.verifier.scan.MemoryRecords;
import nl.veer.verifier.scan.ScanRecords;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.verdict.ScanStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a scan that somebody asked for is kept: on the target, where that may be written; else
 * nowhere, and it is a statement all the same.
 */
final class KeptScan {
  private static final Logger LOG = LoggerFactory.getLogger(KeptScan.class);

  private final @Nullable ScanStore store;
  private final RowHash secret;
  private final ScanRecords records;

  private KeptScan(@Nullable ScanStore store) {
    this.store = store;
    this.secret = store == null ? RowHash.random() : RowHash.keyed(store.secret().secret());
    this.records = store == null ? new MemoryRecords() : store;
  }

  static KeptScan of(TargetConnections target, WaveId wave) {
    try {
      return new KeptScan(ScanStore.claim(target, wave));
    } catch (Failure failure) {
      told(failure);
      return notKept();
    }
  }

  private static void told(Failure failure) {
    LOG.atWarn()
        .addKeyValue("code", failure.code())
        .log("The scan is not kept: {}", failure.getMessage());
  }

  static KeptScan notKept() {
    return new KeptScan(null);
  }

  RowHash secret() {
    return secret;
  }

  /** For one scan. */
  ScanRecords records() {
    try {
      if (store != null) {
        store.renew();
      }
    } catch (Failure failure) {
      told(failure);
    }
    return records;
  }

  /** What cannot be kept is said all the same. */
  void keep(ScanStatement statement) {
    ScanStore kept = store;
    if (kept == null) {
      return;
    }
    try {
      statement
          .tables()
          .forEach(table -> kept.keep(table, statement.hash(), statement.startedAt()));
    } catch (Failure failure) {
      told(failure);
    }
  }

  void close() {
    if (store != null) {
      store.close();
    }
  }
}
