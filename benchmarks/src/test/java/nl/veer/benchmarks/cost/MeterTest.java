package nl.veer.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeterTest {
  /** A program that works for a while in a child of its own, and ends. */
  private static final List<String> WORK =
      List.of("/bin/sh", "-c", "(i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done); true");

  @BeforeEach
  void countsWhereTheSystemTells() {
    assumeTrue(ProcessTable.isThere(), "There is no /proc here.");
  }

  @Test
  void countsTheProcessorTimeOfThisJvmAndItsMemory() {
    try (Meter meter = Meter.start(List.of(Party.self("tool")))) {
      long began = System.nanoTime();
      double sum = 0;
      while (System.nanoTime() - began < 150_000_000L) {
        sum += Math.sqrt(sum + 1);
      }
      Usage usage = meter.read().get(0);
      assertThat(sum).isPositive();
      assertThat(usage.party()).isEqualTo("tool");
      assertThat(usage.seconds()).isPositive();
      assertThat(usage.peakBytes()).isGreaterThan(10 << 20);
    }
  }

  @Test
  void countsProgramsThatHaveEndedAndTheirChildrenToo() throws Exception {
    try (Meter meter = Meter.start(List.of(Party.programs("programs"), Party.self("tool")))) {
      assertThat(new ProcessBuilder(WORK).start().waitFor()).isZero();
      List<Usage> usage = meter.read();
      assertThat(usage.get(0).seconds()).isPositive();
      assertThat(usage.get(0).peakBytes()).isZero();
    }
  }

  @Test
  void countsAllOfATreeThatStillRuns() throws Exception {
    Process parent =
        new ProcessBuilder(
                "/bin/sh", "-c", "(while :; do :; done) & echo started; read end; kill $!")
            .start();
    try (Meter meter = Meter.start(List.of(Party.tree("tree", parent.pid())))) {
      assertThat(parent.getInputStream().read()).isEqualTo('s');
      Usage usage = meter.read().get(0);
      while (usage.seconds() == 0) {
        Thread.onSpinWait();
        usage = meter.read().get(0);
      }
      assertThat(usage.peakBytes()).isPositive();
    } finally {
      parent.getOutputStream().write('\n');
      parent.getOutputStream().flush();
      parent.waitFor();
    }
  }

  @Test
  void whoHasEndedUsesNothing() {
    try (Meter meter = Meter.start(List.of(Party.tree("nobody", Long.MAX_VALUE)))) {
      assertThat(meter.read()).containsExactly(new Usage("nobody", 0, 0));
    }
  }
}
