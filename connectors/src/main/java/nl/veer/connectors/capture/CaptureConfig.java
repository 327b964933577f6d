package nl.veer.connectors.capture;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.log.TopicConfig;

/**
 * What a capture needs to know.
 *
 * @param log the wave itself to capture its source, its echo to capture its target
 * @param tables all tables that it captures
 * @param topic what the log's topic is created with
 * @param heartbeat how often Veer writes a heartbeat into the source's log
 */
public record CaptureConfig(
    LogId log, List<TableId> tables, TopicConfig topic, Duration heartbeat) {

  public CaptureConfig {
    tables = List.copyOf(tables);
  }
}
