package nl.veer.connectors.capture;

import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.StopEngineException;
import java.util.List;
import java.util.function.Consumer;
import nl.veer.connectors.event.codec.RowBlock;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogWriter;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes each of the engine's batches to the log as one Kafka transaction, a large one as several,
 * and confirms to the source only what Kafka has acknowledged: the last END of the batch. A
 * transaction that is left out of the log is confirmed by the next one that is not, so the slot
 * never stands behind the log.
 *
 * <p>The engine's polling thread calls it; {@link #end} may come from any thread and waits for the
 * batch that is being written.
 */
final class Publisher implements Outlet {
  /** Readers see nothing of a Kafka transaction before its end, and shall not wait long. */
  private static final int TRANSACTION_RECORDS = 16_384;

  private final Rejoin rejoin;
  private final TransactionStream stream;
  private final RowBlocks blocks;
  private final LogWriter writer;
  private final Consumer<TransactionStream> progress;
  private boolean ended;

  /** Of the records that were appended, how many are committed. */
  private long committed;

  private volatile @Nullable Failure failure;

  /**
   * @param progress told after each batch, on the polling thread
   */
  Publisher(
      Rejoin rejoin,
      TransactionStream stream,
      RowBlocks blocks,
      LogWriter writer,
      Consumer<TransactionStream> progress) {
    this.rejoin = rejoin;
    this.stream = stream;
    this.blocks = blocks;
    this.writer = writer;
    this.progress = progress;
  }

  @Override
  public synchronized void handleBatch(
      List<RecordChangeEvent<SourceRecord>> batch,
      DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    if (ended) {
      throw new StopEngineException("The capture has been ended.");
    }
    try {
      RecordChangeEvent<SourceRecord> lastEnd = append(batch);
      commit();
      progress.accept(stream);
      if (lastEnd != null) {
        committer.markProcessed(lastEnd);
      }
      committer.markBatchFinished();
    } catch (Failure e) {
      throw ended(e);
    } catch (RuntimeException e) {
      throw ended(
          new Failure(
              FailureKind.BUG,
              "PUBLISH",
              "A batch of the source's changes could not be turned into the log's records ("
                  + e.getClass().getSimpleName()
                  + "). Report this.",
              EngineFailures.withoutMessage(e)));
    }
  }

  private Failure ended(Failure why) {
    failure = why;
    ended = true;
    return why;
  }

  private @Nullable RecordChangeEvent<SourceRecord> append(
      List<RecordChangeEvent<SourceRecord>> batch) {
    RecordChangeEvent<SourceRecord> lastEnd = null;
    for (RecordChangeEvent<SourceRecord> event : batch) {
      if (accept(event.record())) {
        lastEnd = event;
      }
      if (stream.appended() - committed >= TRANSACTION_RECORDS) {
        commit();
      }
    }
    return lastEnd;
  }

  private boolean accept(SourceRecord record) {
    RowBlock rows = blockOf(record);
    if (!rejoin.isProven()) {
      return rejoin.accept(record);
    }
    return rows == null ? stream.accept(record) : stream.accept(record, rows);
  }

  private @Nullable RowBlock blockOf(SourceRecord record) {
    long number = record.value() instanceof Struct value ? BlockMessage.numberIn(value) : 0;
    return number == 0 ? null : blocks.take(number);
  }

  private void commit() {
    writer.commit();
    committed = stream.appended();
  }

  @Override
  public void end() {
    // First: who waits for room must not keep the batch that is being written from its end.
    blocks.end();
    endBatches();
  }

  private synchronized void endBatches() {
    ended = true;
  }

  @Override
  public @Nullable Failure failure() {
    return failure;
  }
}
