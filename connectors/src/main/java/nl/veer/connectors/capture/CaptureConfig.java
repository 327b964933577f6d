package nl.veer.connectors.capture;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.TopicConfig;

/**
 * What a wave's capture needs to know.
 *
 * @param tables all tables of the wave
 * @param topic what the log's topic is created with
 * @param heartbeat how often Veer writes a heartbeat into the source's log
 */
public record CaptureConfig(
    WaveId wave, List<TableId> tables, TopicConfig topic, Duration heartbeat) {

  public CaptureConfig {
    tables = List.copyOf(tables);
  }
}
