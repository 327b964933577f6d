package nl.veer.control.alert;

import java.time.Duration;
import java.util.List;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.config.Size;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.reading.SlotReading;
import nl.veer.control.reading.WaveReading;
import org.jspecify.annotations.Nullable;

/** Slots in danger; each told by the process that reads it. Pure. */
final class SlotRules {
  private SlotRules() {}

  static void judge(List<Judgement> said, WaveReading wave, AlertsConfig config) {
    if (wave.does("capture")) {
      judge(said, wave.wave(), wave.around().logSlot(), config);
    }
    if (wave.does("echo")) {
      judge(said, wave.wave(), wave.around().echoSlot(), config);
    }
  }

  /** The subject is the slot; what is not known of one lets alerts of the other stand too. */
  private static void judge(
      List<Judgement> said, String wave, @Nullable SlotReading slot, AlertsConfig config) {
    if (slot == null) {
      said.add(Judgement.unknown(AlertRule.SLOT_LOSS, wave));
      return;
    }
    String words = words(slot, config);
    if (words != null) {
      said.add(Judgement.raised(AlertRule.SLOT_LOSS, wave, slot.name(), words));
    } else if (slot.loss() instanceof Forecast.Unknown) {
      said.add(Judgement.unknown(AlertRule.SLOT_LOSS, wave));
    }
  }

  private static @Nullable String words(SlotReading slot, AlertsConfig config) {
    Long retained = slot.retainedBytes();
    Size most = config.slotBytes();
    String kept = retained == null ? "" : ", %s kept".formatted(Size.approximately(retained));
    if (slot.lost()) {
      return "the slot is lost: WAL that its reader needs is gone";
    }
    if (slot.loss() instanceof Forecast.Reached) {
      return "the slot may be lost at the next checkpoint" + kept;
    }
    if (slot.loss() instanceof Forecast.Expected expected
        && expected.in().compareTo(config.slotLoss()) < 0) {
      return "at the present rate the slot is lost in %s (%s to %s)%s"
          .formatted(
              about(expected.in()),
              about(expected.soonest()),
              expected.latest() == null ? "never" : about(expected.latest()),
              kept);
    }
    return most != null && retained != null && retained > most.bytes()
        ? "the server keeps %s of WAL for the slot, more than %s"
            .formatted(Size.approximately(retained), most)
        : null;
  }

  private static String about(Duration time) {
    return time.toHours() > 0
        ? "%d h".formatted(time.toHours())
        : time.toMinutes() > 0
            ? "%d min".formatted(time.toMinutes())
            : "%d s".formatted(time.toSeconds());
  }
}
