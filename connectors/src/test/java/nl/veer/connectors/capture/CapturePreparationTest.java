package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations.Root;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.TopicConfig;
import org.junit.jupiter.api.Test;

class CapturePreparationTest {
  private static final WaveId WAVE = new WaveId("shop", "main");
  private static final Root FIRST = new Root(10, 20, new TableId("public", "t"));
  private static final Root RECORD = new Root(11, 21, new TableId("veer", "repair"));
  private static final Root OTHER = new Root(12, 22, new TableId("public", "u"));
  private static final String LOGGED = of(FIRST).text();

  @Test
  void anEchoMayGetMoreOfVeersRecordsAndNothingElse() {
    assertThat(origin(WAVE.echo(), of(FIRST, RECORD, OTHER)).roots())
        .containsExactly(FIRST, RECORD);
  }

  @Test
  void aSourcesSchemaOfThatNameIsNotVeers() {
    assertThat(origin(WAVE, of(FIRST, RECORD, OTHER)).roots()).containsExactly(FIRST);
  }

  @Test
  void aLogThatDoesNotSayWhatItBeganWithTakesThemAsTheyAre() {
    assertThat(CapturePreparation.origin(config(WAVE), null, of(FIRST, OTHER)))
        .isEqualTo(of(FIRST, OTHER));
  }

  private static PostgresWaveRelations origin(LogId log, PostgresWaveRelations now) {
    return CapturePreparation.origin(config(log), LOGGED, now);
  }

  private static CaptureConfig config(LogId log) {
    return new CaptureConfig(
        log,
        List.of(FIRST.name(), RECORD.name(), OTHER.name()),
        new TopicConfig(1, 1),
        Duration.ofSeconds(1));
  }

  private static PostgresWaveRelations of(Root... roots) {
    return new PostgresWaveRelations(1, List.of(roots), List.of());
  }
}
