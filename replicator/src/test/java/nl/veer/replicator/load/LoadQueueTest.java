package nl.veer.replicator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadQueueTest {
  private static final SourceTable TABLE =
      new SourceTable(
          new TableSchema(
              new TableId("public", "t"), List.of(), List.of(), ReplicaIdentity.DEFAULT, false),
          new RowIdentity(false, List.of()),
          0,
          0);

  @Test
  void aWorkerWaitsForTheTableThatAnotherIsOpening() throws Exception {
    LoadQueue queue = new LoadQueue(List.of(List.of(TABLE)));
    assertThat(queue.next()).isNotNull();
    CompletableFuture<LoadQueue.@Nullable Task> other = new CompletableFuture<>();
    Thread thread = new Thread(() -> other.complete(next(queue)));
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);

    queue.notOpened();

    assertThat(other.get()).isNull();
  }

  private static LoadQueue.@Nullable Task next(LoadQueue queue) {
    try {
      return queue.next();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
