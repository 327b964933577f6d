package nl.veer.connectors.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A wave of a migration, and the names of everything that belongs to it on other systems. Both
 * parts are 1 to 24 characters of {@code a-z 0-9 _}, starting with a letter, so that every derived
 * name is valid everywhere without quoting and two waves never share one.
 *
 * <p>A wave's crossing has legs: the first one, number 0, from the source to the target, and after
 * each cutover one more the other way round. Each is a wave of its own for all that carries and
 * proves it, under the wave's name with the leg's number before it ({@code 1main}): no user's wave
 * can be called that.
 */
public record WaveId(String migration, String wave) implements LogId {
  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,23}");

  /** A leg's number, if it is not the first, and the wave's own name. */
  private static final Pattern LEG = Pattern.compile("([1-9][0-9]*)?([a-z][a-z0-9_]{0,23})");

  /** PostgreSQL's names end at 63 bytes; this leaves the echo's slot as long as that. */
  private static final int LONGEST = 26;

  public WaveId {
    Matcher leg = LEG.matcher(wave);
    if (!isValid(migration)
        || !leg.matches()
        || !isValid(leg.group(2))
        || wave.length() > LONGEST) {
      throw new IllegalArgumentException("Not a wave's name: " + migration + "/" + wave);
    }
  }

  /** Whether a migration or a wave may be called this. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches() && !name.contains("__");
  }

  /**
   * The wave's leg of this number.
   *
   * @throws IllegalArgumentException if no name is left for it: 99 there are always
   */
  public WaveId leg(int number) {
    return new WaveId(migration, (number == 0 ? "" : number) + home().wave);
  }

  /** The wave as it is configured, which is its first leg. */
  public WaveId home() {
    return legNumber() == 0 ? this : new WaveId(migration, parts().group(2));
  }

  /** Even ones go from the source to the target, odd ones from the target to the source. */
  public int legNumber() {
    String number = parts().group(1);
    return number == null ? 0 : Integer.parseInt(number);
  }

  private Matcher parts() {
    Matcher parts = LEG.matcher(wave);
    parts.matches();
    return parts;
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
