package nl.veer.control.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fires, and what became of the messages.
 *
 * @param firing how many alerts of each rule
 */
public record AlertFigures(Map<AlertRule, Integer> firing, List<ChannelFigures> channels) {

  public AlertFigures {
    firing = Collections.unmodifiableMap(new LinkedHashMap<>(firing));
    channels = List.copyOf(channels);
  }

  /**
   * One channel.
   *
   * @param waiting messages that it has not taken yet
   * @param outcomes how many messages were sent, tried again, refused and dropped
   * @param trouble why messages do not arrive; null while they do
   */
  public record ChannelFigures(
      String name, int waiting, Map<String, Long> outcomes, @Nullable ChannelTrouble trouble) {
    public ChannelFigures {
      outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }
  }

  /**
   * What is in the way of messages.
   *
   * @param since when the first of them did not arrive
   * @param code as in the runbook
   * @param words without anything of a message or a secret
   */
  public record ChannelTrouble(Instant since, String code, String words) {}
}
