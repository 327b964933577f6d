package nl.veer.control.finish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * Where a wave stays.
 *
 * @param leg that it was on last
 * @param side {@code source} or {@code target}: where applications write
 * @param fences that stood when the finish was begun
 */
public record FinishedWave(String wave, int leg, String side, List<StandingFence> fences) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public FinishedWave {
    fences = List.copyOf(fences);
  }

  static String text(List<FinishedWave> waves) {
    try {
      return MAPPER.writeValueAsString(waves);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads {@link #text}. */
  static List<FinishedWave> parse(String text) {
    try {
      return MAPPER.readValue(text, new TypeReference<List<FinishedWave>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
