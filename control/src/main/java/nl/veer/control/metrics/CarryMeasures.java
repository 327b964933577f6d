package nl.veer.control.metrics;

import static nl.veer.control.metrics.Measure.counter;
import static nl.veer.control.metrics.Measure.gauge;

import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.reading.WaveReading;
import nl.veer.control.status.LoadStatus;
import nl.veer.replicator.ReplicatorStatus;
import org.jspecify.annotations.Nullable;

/** How far a wave is and how fast it goes: capture, load, apply, echo. */
final class CarryMeasures {
  private CarryMeasures() {}

  static List<Measure<WaveReading>> all() {
    List<Measure<WaveReading>> all = new ArrayList<>(lag());
    all.addAll(capture());
    all.addAll(load());
    all.addAll(apply());
    return all;
  }

  private static List<Measure<WaveReading>> lag() {
    return List.of(
        gauge(
            "veer.wave.state",
            "",
            "1 for the state that the wave is in.",
            wave -> List.of(Sample.of(1, "state", wave.status().state().name()))),
        gauge(
            "veer.wave.running",
            "",
            "1 if a leg of the wave runs in this process, 0 if none is known to.",
            wave -> Sample.one((Boolean) wave.isHeard())),
        gauge(
            "veer.lag.seconds",
            "seconds",
            "From commit on the source to commit on the target; grows while nothing is applied.",
            wave -> Sample.seconds(wave.status().lagMillis())),
        gauge(
            "veer.lag.bytes",
            "bytes",
            "The source's WAL that is not applied.",
            wave -> Sample.one(wave.status().bytesBehind())),
        gauge(
            "veer.lag.transactions",
            "",
            "Transactions in the log that are not applied.",
            wave -> Sample.one(wave.status().transactionsBehind())),
        gauge(
            "veer.lag.zero.seconds",
            "seconds",
            "Until the lag is gone at the present rate; absent where it does not fall.",
            wave -> forecast(wave.lagZero())));
  }

  /** With the band, as far as there is one. */
  static List<Sample> forecast(Forecast forecast, String... tags) {
    List<Sample> samples = new ArrayList<>();
    if (forecast instanceof Forecast.Reached) {
      samples.add(bound(0, "expected", tags));
    }
    if (forecast instanceof Forecast.Expected expected) {
      samples.add(bound(Sample.seconds(expected.in()), "expected", tags));
      samples.add(bound(Sample.seconds(expected.soonest()), "soonest", tags));
      if (expected.latest() != null) {
        samples.add(bound(Sample.seconds(expected.latest()), "latest", tags));
      }
    }
    return samples;
  }

  private static Sample bound(double seconds, String bound, String... tags) {
    return Sample.of(seconds, tags).with(Tags.of("bound", bound));
  }

  private static List<Measure<WaveReading>> capture() {
    return List.of(
        counter(
            "veer.capture.transactions",
            "",
            "Transactions written to the log.",
            capture(CaptureStatus::transactions)),
        counter(
            "veer.capture.changes",
            "",
            "Changes written to the log.",
            capture(CaptureStatus::events)),
        gauge(
            "veer.log.transaction",
            "",
            "Number of the last transaction that the log holds whole.",
            capture(CaptureStatus::transaction)),
        counter(
            "veer.echo.transactions",
            "",
            "Transactions of the target written to the echo.",
            echo(CaptureStatus::transactions)),
        counter(
            "veer.echo.changes",
            "",
            "Changes of the target written to the echo.",
            echo(CaptureStatus::events)),
        counter(
            "veer.retries",
            "",
            "How often a role was tried again after a failure.",
            CarryMeasures::retries));
  }

  private static List<Sample> retries(WaveReading wave) {
    List<Sample> samples = new ArrayList<>();
    retries(samples, "capture", wave.words().capture(), CaptureStatus::retries);
    retries(samples, "replicate", wave.words().replicator(), ReplicatorStatus::retries);
    retries(samples, "echo", wave.words().echo(), CaptureStatus::retries);
    retries(samples, "ledger", wave.words().ledger(), ledger -> ledger.retries());
    retries(samples, "scan", wave.words().scan(), scan -> scan.retries());
    return samples;
  }

  private static <T> void retries(
      List<Sample> samples, String role, @Nullable T words, Function<T, Long> retries) {
    if (words != null) {
      samples.add(Sample.of(retries.apply(words), "role", role));
    }
  }

  private static List<Measure<WaveReading>> load() {
    return List.of(
        gauge("veer.load.tables", "", "The wave's tables.", loads(LoadStatus::tables)),
        gauge(
            "veer.load.tables.complete",
            "",
            "Tables that are loaded.",
            loads(LoadStatus::complete)),
        gauge("veer.load.rows", "rows", "Rows loaded.", loads(LoadStatus::rows)),
        gauge(
            "veer.load.estimated.rows",
            "rows",
            "The source's own estimate of all rows.",
            loads(LoadStatus::estimatedRows)),
        gauge("veer.load.bytes", "bytes", "Bytes loaded.", loads(LoadStatus::bytes)),
        gauge(
            "veer.table.load.rows",
            "rows",
            "Rows of a table loaded.",
            wave ->
                wave.status().load().details().stream()
                    .map(table -> Sample.of(table.rows(), "table", table.table()))
                    .toList()));
  }

  private static List<Measure<WaveReading>> apply() {
    return List.of(
        counter(
            "veer.apply.transactions",
            "",
            "Transactions of the source applied.",
            apply(ReplicatorStatus::transactions)),
        counter("veer.apply.changes", "", "Changes applied.", apply(ReplicatorStatus::events)),
        counter(
            "veer.apply.batches",
            "",
            "Batches applied; changes by batches is their mean size.",
            apply(status -> status.batches().count())),
        counter(
            "veer.apply.batch.seconds",
            "seconds",
            "Time in batches, from the first statement to the commit.",
            apply(status -> Sample.seconds(status.batches().time()))),
        counter(
            "veer.apply.replays",
            "",
            "Batches that had to be applied in smaller parts.",
            apply(status -> status.batches().replayed())),
        gauge(
            "veer.applied.transaction",
            "",
            "Number of the last applied transaction.",
            apply(ReplicatorStatus::transaction)),
        gauge(
            "veer.apply.waiting.bytes",
            "bytes",
            "Of the log, read and not applied.",
            apply(ReplicatorStatus::logBytesBehind)),
        gauge(
            "veer.apply.waiting.records",
            "",
            "Records of the log behind the stamp.",
            apply(ReplicatorStatus::logRecordsBehind)));
  }

  private static Function<WaveReading, List<Sample>> capture(
      Function<CaptureStatus, Number> value) {
    return wave -> Sample.one(of(wave.words().capture(), value));
  }

  private static Function<WaveReading, List<Sample>> echo(Function<CaptureStatus, Number> value) {
    return wave -> Sample.one(of(wave.words().echo(), value));
  }

  private static Function<WaveReading, List<Sample>> apply(
      Function<ReplicatorStatus, Number> value) {
    return wave -> Sample.one(of(wave.words().replicator(), value));
  }

  /** Only a replicator knows of loads. */
  private static Function<WaveReading, List<Sample>> loads(Function<LoadStatus, Number> value) {
    return wave ->
        wave.words().replicator() == null
            ? List.of()
            : Sample.one(value.apply(wave.status().load()));
  }

  private static <T> @Nullable Number of(@Nullable T words, Function<T, Number> value) {
    return words == null ? null : value.apply(words);
  }
}
