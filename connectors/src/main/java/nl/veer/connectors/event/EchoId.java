package nl.veer.connectors.event;

/** The echo of a wave: the log of the target's own changes. */
public record EchoId(WaveId wave) implements LogId {

  @Override
  public String slot() {
    return wave.slot() + "__echo";
  }

  @Override
  public String logTopic() {
    return "veer." + wave.migration() + "." + wave.wave() + ".echo";
  }

  @Override
  public String markerPrefix() {
    return wave.markerPrefix() + ".echo";
  }

  @Override
  public String toString() {
    return wave + " echo";
  }
}
