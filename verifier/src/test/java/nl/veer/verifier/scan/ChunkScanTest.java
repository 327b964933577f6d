package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.verifier.scan.Sides.Answers;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.RowSum;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TargetCut;
import org.junit.jupiter.api.Test;

class ChunkScanTest {

  /** One bucket is asked for at a time where two would be too much for the memory. */
  @Test
  void onlySoManyRowsAreInMemoryAtOnce() {
    Answers<Map<Integer, RowSum>> look =
        new Answers<>(
            new Cuts(
                new SourceCut("1:1:", new LsnPosition(1)),
                new TargetCut("1:1:", new LsnPosition(1), null)),
            Map.of(1, rows(60_000), 2, rows(10)),
            Map.of(1, rows(1), 2, rows(60_000), 3, rows(30_000), 4, rows(10_001)));

    assertThat(ChunkScan.parts(look, List.of(1, 2, 3, 4)))
        .containsExactly(
            new ChunkScan.Part(List.of(1), 60_000),
            new ChunkScan.Part(List.of(2, 3), 90_000),
            new ChunkScan.Part(List.of(4), 10_001));
  }

  @Test
  void moreRowsMakeMoreBuckets() {
    assertThat(ChunkScan.buckets(-1)).isEqualTo(256);
    assertThat(ChunkScan.buckets(256L * 8_192)).isEqualTo(256);
    assertThat(ChunkScan.buckets(100_000_000)).isEqualTo(16_384);
  }

  private static RowSum rows(long count) {
    return new RowSum(count, BigInteger.ONE);
  }
}
