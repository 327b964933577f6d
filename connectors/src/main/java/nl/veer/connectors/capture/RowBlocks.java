package nl.veer.connectors.capture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import nl.veer.connectors.event.codec.RowBlock;

/**
 * The blocks of rows on their way from Debezium's reader to the publisher. They go beside
 * Debezium's queue, which carries a record for each with nothing but its number; so they are taken
 * in the order in which they were put, each exactly when its record comes. Bounded by bytes. Safe
 * for the one thread that puts, the one that takes, and whoever closes.
 */
final class RowBlocks implements AutoCloseable {
  /** What waits at most, but for a single larger row: a small heap bears it several times. */
  private static final int MOST_BYTES = 16 << 20;

  private static final Map<String, RowBlocks> OPEN = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final EventQueue events;
  private final Queue<RowBlock> blocks = new ArrayDeque<>();
  private long bytes;
  private long put;
  private long taken;
  private boolean ended;

  private RowBlocks(EventQueue events) {
    this.events = events;
  }

  /**
   * @param linger how long what goes to the publisher waits for others to go with it; asked each
   *     time
   */
  static RowBlocks open(Supplier<Duration> linger) {
    RowBlocks blocks = new RowBlocks(new EventQueue(linger));
    OPEN.put(blocks.id, blocks);
    return blocks;
  }

  /** For a task of Debezium's, which is made of settings alone. */
  static RowBlocks of(String id) {
    RowBlocks blocks = OPEN.get(id);
    if (blocks == null) {
      throw new IllegalStateException("The blocks of rows have been closed.");
    }
    return blocks;
  }

  String id() {
    return id;
  }

  /** Debezium's queue beside which they go. */
  EventQueue events() {
    return events;
  }

  /**
   * Waits for room.
   *
   * @return its number, from 1 on
   * @throws InterruptedException also when nobody will take it any more
   */
  synchronized long put(RowBlock block) throws InterruptedException {
    while (!ended && !blocks.isEmpty() && bytes + block.heapBytes() > MOST_BYTES) {
      wait();
    }
    if (ended) {
      throw new InterruptedException("The capture has been ended.");
    }
    blocks.add(block);
    bytes += block.heapBytes();
    put++;
    return put;
  }

  /**
   * Takes the next.
   *
   * @param number that its record says
   */
  synchronized RowBlock take(long number) {
    RowBlock block = blocks.poll();
    taken++;
    if (block == null || number != taken) {
      throw TransactionStream.unexpected("block " + number + " of rows where " + taken + " is due");
    }
    bytes -= block.heapBytes();
    notifyAll();
    return block;
  }

  /** Takes no more, and lets go whoever waits for room; what is there can still be taken. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    OPEN.remove(id);
    end();
    blocks.clear();
  }
}
