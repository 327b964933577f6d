package nl.veer.benchmarks.micro;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The digest of one row's bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DigestMicro {
  /** A narrow row, a wide one, one with a large text. */
  @Param({"180", "2000", "20000"})
  public int length;

  private final KeyedDigester digester = new KeyedDigester(DigestKey.random());
  private byte[] row = {};

  @Setup
  public void fill() {
    row = new byte[length];
    new Random(1602).nextBytes(row);
  }

  @Benchmark
  public Digest128 digest() {
    return digester.digest(row, row.length);
  }
}
