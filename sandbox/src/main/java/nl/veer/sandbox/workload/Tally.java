package nl.veer.sandbox.workload;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the clients did so far. Safe for use by several threads. */
final class Tally {
  private final AtomicLongArray committed = new AtomicLongArray(TransactionKind.values().length);
  private final AtomicLongArray acknowledged;
  private final AtomicLong conflicts = new AtomicLong();
  private final AtomicLong outages = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();

  Tally(int clients) {
    this.acknowledged = new AtomicLongArray(clients);
  }

  void begin(int client, long sequence) {
    acknowledged.set(client, sequence);
  }

  void committed(TransactionKind kind, int client, long sequence) {
    acknowledged.set(client, sequence);
    committed.incrementAndGet(kind.ordinal());
  }

  void conflict() {
    conflicts.incrementAndGet();
  }

  void outage() {
    outages.incrementAndGet();
  }

  void refused() {
    refusals.incrementAndGet();
  }

  long refusals() {
    return refusals.get();
  }

  long conflicts() {
    return conflicts.get();
  }

  long outages() {
    return outages.get();
  }

  Map<TransactionKind, Long> byKind() {
    Map<TransactionKind, Long> counts = new EnumMap<>(TransactionKind.class);
    Arrays.stream(TransactionKind.values())
        .forEach(kind -> counts.put(kind, committed.get(kind.ordinal())));
    return counts;
  }

  Map<Integer, Long> acknowledged() {
    Map<Integer, Long> last = new TreeMap<>();
    for (int client = 0; client < acknowledged.length(); client++) {
      last.put(client, acknowledged.get(client));
    }
    return last;
  }
}
