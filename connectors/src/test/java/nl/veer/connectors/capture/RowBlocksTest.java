package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.event.codec.RowBlock;
import nl.veer.connectors.event.codec.RowLayout;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RowBlocksTest {
  private static final Schema ROW =
      SchemaBuilder.struct().name("r").optional().field("v", Schema.OPTIONAL_STRING_SCHEMA).build();
  private static final Schema ENVELOPE =
      SchemaBuilder.struct().name("e").field("before", ROW).field("after", ROW).build();
  private static final RowLayout LAYOUT =
      RowLayout.of(new TableId("public", "t"), ENVELOPE, ENVELOPE);

  @Test
  void givesTheBlocksInTheOrderInWhichTheyCame() throws Exception {
    try (RowBlocks blocks = RowBlocks.open(() -> Duration.ZERO)) {
      RowBlock first = block(1);
      RowBlock second = block(1);
      assertThat(RowBlocks.of(blocks.id()).put(first)).isEqualTo(1);
      assertThat(RowBlocks.of(blocks.id()).put(second)).isEqualTo(2);
      assertThat(blocks.take(1)).isSameAs(first);
      assertThat(blocks.take(2)).isSameAs(second);
    }
  }

  @Test
  void refusesANumberThatIsNotDue() throws Exception {
    try (RowBlocks blocks = RowBlocks.open(() -> Duration.ZERO)) {
      blocks.put(block(1));
      blocks.put(block(1));
      assertThatThrownBy(() -> blocks.take(2)).isInstanceOf(Failure.class);
    }
    try (RowBlocks empty = RowBlocks.open(() -> Duration.ZERO)) {
      assertThatThrownBy(() -> empty.take(1)).isInstanceOf(Failure.class);
    }
  }

  @Test
  void waitsForRoomButTakesOneLargerBlockAtAnyTime() throws Exception {
    try (RowBlocks blocks = RowBlocks.open(() -> Duration.ZERO)) {
      RowBlock large = block(20 << 20);
      blocks.put(large);
      CompletableFuture<Long> next = waiting(blocks);
      assertThat(next).isNotDone();
      assertThat(blocks.take(1)).isSameAs(large);
      assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void letsGoWhoeverWaitsWhenItEndsAndKeepsWhatIsThere() throws Exception {
    try (RowBlocks blocks = RowBlocks.open(() -> Duration.ZERO)) {
      RowBlock large = block(20 << 20);
      blocks.put(large);
      CompletableFuture<Long> next = waiting(blocks);
      blocks.end();
      assertThatThrownBy(() -> next.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(blocks.take(1)).isSameAs(large);
    }
  }

  /** A block that another thread has not been able to put yet. */
  private static CompletableFuture<Long> waiting(RowBlocks blocks) {
    CompletableFuture<Long> put = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                put.complete(blocks.put(block(1)));
              } catch (InterruptedException e) {
                put.completeExceptionally(e);
              }
            });
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return put;
  }

  private static RowBlock block(int bytes) {
    RowBlock block = new RowBlock();
    block.noImage();
    block.image(LAYOUT, column -> "x".repeat(bytes));
    block.end(LAYOUT, RecordKind.INSERT, 7, false);
    return block;
  }
}
