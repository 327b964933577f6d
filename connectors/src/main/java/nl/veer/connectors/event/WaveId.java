package nl.veer.connectors.event;

import java.util.regex.Pattern;

/**
 * A wave of a migration, and the names of everything that belongs to it on other systems. Both
 * parts are 1 to 24 characters of {@code a-z 0-9 _}, starting with a letter, so that every derived
 * name is valid everywhere without quoting and two waves never share one.
 */
public record WaveId(String migration, String wave) implements LogId {
  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,23}");

  public WaveId {
    if (!isValid(migration) || !isValid(wave)) {
      throw new IllegalArgumentException("Not a wave's name: " + migration + "/" + wave);
    }
  }

  /** Whether a migration or a wave may be called this. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches() && !name.contains("__");
  }

  /** The source's replication slot. */
  @Override
  public String slot() {
    return "veer_" + migration + "__" + wave;
  }

  /** The wave's log in Kafka. */
  @Override
  public String logTopic() {
    return "veer." + migration + "." + wave + ".log";
  }

  /** The prefix of the markers that Veer writes into the source's log for this wave. */
  @Override
  public String markerPrefix() {
    return "veer." + migration + "." + wave;
  }

  /** The wave's echo. */
  public EchoId echo() {
    return new EchoId(this);
  }

  @Override
  public String toString() {
    return migration + "/" + wave;
  }
}
