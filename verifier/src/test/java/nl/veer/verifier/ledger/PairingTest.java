package nl.veer.verifier.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit into memory, and what gets in its way. */
class PairingTest {
  private static final EventPlace PLACE = new EventPlace(1, 1);
  private static final Shape SHAPE = new Shape(new String[] {"v"});

  /** About a hundred times what memory may hold, and more than one level of parts can take. */
  private static final int ROWS = 40_000;

  private static final long BOUND = 1 << 16;

  @TempDir private Path directory;
  private final StopSignal stop = new StopSignal();

  @Test
  void bringsEveryRowOfBothSidesTogetherOnceHoweverManyPartsItTakes() throws IOException {
    Random dice = new Random(1602);
    AtomicLong both = new AtomicLong();
    AtomicLong one = new AtomicLong();
    try (Effects log = effects();
        Effects echo = effects()) {
      for (int i = 0; i < ROWS; i++) {
        RowKey key = new RowKey(dice.nextLong(), dice.nextLong());
        log.add(0, effect(key));
        if (i % 4 > 0) {
          echo.add(0, effect(key));
        }
      }
      pairing(
              (table, inLog, inEcho) -> {
                if (inLog != null && inEcho != null) {
                  both.incrementAndGet();
                } else {
                  one.incrementAndGet();
                }
              })
          .pair(log, echo);
    }
    assertThat(both).hasValue(ROWS * 3 / 4);
    assertThat(one).hasValue(ROWS / 4);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  /** A hot row may be spilled often; its history is one part that no key can divide. */
  @Test
  void aRowThatWasSpilledOftenIsComposed() {
    RowKey hot = new RowKey(7, 7);
    AtomicLong taken = new AtomicLong();
    try (Effects log = effects();
        Effects echo = effects()) {
      Random dice = new Random(1602);
      for (int i = 0; i < ROWS; i++) {
        log.add(0, effect(hot));
        log.add(0, effect(new RowKey(dice.nextLong(), i % 100)));
      }
      pairing(
              (table, inLog, inEcho) -> {
                if (inLog != null && inLog.key().equals(hot)) {
                  taken.incrementAndGet();
                }
              })
          .pair(log, echo);
    }
    assertThat(taken).hasValue(1);
  }

  @Test
  void endsInTheMiddleWhenItIsAskedTo() throws IOException {
    AtomicLong taken = new AtomicLong();
    Random dice = new Random(1602);
    try (Effects log = effects();
        Effects echo = effects()) {
      for (int i = 0; i < ROWS; i++) {
        log.add(0, effect(new RowKey(dice.nextLong(), dice.nextLong())));
      }
      Pairing pairing =
          pairing(
              (table, inLog, inEcho) -> {
                if (taken.incrementAndGet() == 10) {
                  stop.raise();
                }
              });
      assertThatThrownBy(() -> pairing.pair(log, echo)).isInstanceOf(Stopped.class);
    }
    assertThat(taken).hasValue(10);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsAFailureThatSaysWhatToDoAndIsRetried() throws IOException {
    FileChannel full =
        FileChannel.open(Path.of("/dev/full"), StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (SpillFile file = new SpillFile(full, new ShapeNumbers())) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < ROWS; i++) {
                  file.write(0, 0, effect(new RowKey(i, i)));
                }
              })
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.code()).isEqualTo("LEDGER_SPILL");
                assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
                assertThat(failure.getMessage())
                    .contains("No space left on device")
                    .contains("Make room");
              });
    }
  }

  private Effects effects() {
    return new Effects(1, new SpillDirectory(directory), BOUND);
  }

  private static Effect effect(RowKey key) {
    Columns columns = new Columns(SHAPE, new long[] {key.high(), key.low()}, null);
    return new Effect(key, false, columns, true, 0, "", PLACE);
  }

  private Pairing pairing(Pairing.Judge judge) {
    return new Pairing(
        1,
        BOUND,
        new Pairing.Projection() {
          @Override
          public boolean changes(int table) {
            return false;
          }

          @Override
          public Effect of(int table, Effect effect) {
            return effect;
          }
        },
        stop,
        judge);
  }
}
