package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpellTest {
  private static final long BEGAN = Long.MAX_VALUE - 5;

  private long now = BEGAN;
  private final Spell spell = new Spell(() -> now);

  @Test
  void isNotOnBeforeItIsSaid() {
    assertThat(spell.isOn()).isFalse();
  }

  @Test
  void passesByItself() {
    spell.goesOn();
    now += Duration.ofMillis(999).toNanos();
    assertThat(spell.isOn()).isTrue();
    now += Duration.ofMillis(2).toNanos();
    assertThat(spell.isOn()).isFalse();
  }

  @Test
  void goesOnWhileItIsSaidAgain() {
    spell.goesOn();
    now += Duration.ofMillis(800).toNanos();
    spell.goesOn();
    now += Duration.ofMillis(800).toNanos();
    assertThat(spell.isOn()).isTrue();
  }
}
