package nl.veer.control.dashboard.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets each client ask so often: a number of requests at once, and then as many per second. Safe
 * for use by several threads.
 */
final class RateLimit {
  /** More clients at once are an attack; those seen least lately are forgotten. */
  private static final int CLIENTS = 4_096;

  private final int burst;
  private final double perNano;
  private final LongSupplier nanos;

  /** Those seen least lately come first; guarded by this. */
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Bucket {
    private double left;
    private long seen;

    private Bucket(double left, long seen) {
      this.left = left;
      this.seen = seen;
    }
  }

  RateLimit(int burst, double perSecond, LongSupplier nanos) {
    this.burst = burst;
    this.perNano = perSecond / 1e9;
    this.nanos = nanos;
  }

  /** Whether this client may ask once more now. */
  synchronized boolean allows(String client) {
    Bucket bucket = bucket(client);
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }

  /** Counts something that was done already. */
  synchronized void count(String client) {
    Bucket bucket = bucket(client);
    bucket.left = Math.max(0, bucket.left - 1);
  }

  /** Whether this client may not ask now; to find that out costs it nothing. */
  synchronized boolean isSpent(String client) {
    return buckets.containsKey(client) && bucket(client).left < 1;
  }

  private Bucket bucket(String client) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(client, any -> new Bucket(burst, now));
    // A clock that was set back takes nothing away.
    bucket.left = Math.min(burst, bucket.left + Math.max(0, now - bucket.seen) * perNano);
    bucket.seen = now;
    forget();
    return bucket;
  }

  private void forget() {
    Iterator<String> oldest = buckets.keySet().iterator();
    while (buckets.size() > CLIENTS) {
      oldest.next();
      oldest.remove();
    }
  }
}
