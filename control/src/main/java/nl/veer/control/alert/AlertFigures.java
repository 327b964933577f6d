package nl.veer.control.alert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
   */
  public record ChannelFigures(String name, int waiting, Map<String, Long> outcomes) {
    public ChannelFigures {
      outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }
  }
}
