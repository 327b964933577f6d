package nl.veer.connectors.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WaveIdTest {
  private static final String LONGEST = "m".repeat(24);

  @Test
  void theFirstLegIsTheWaveItself() {
    WaveId main = new WaveId("shop", "main");

    assertThat(main.leg(0)).isEqualTo(main);
    assertThat(main.home()).isEqualTo(main);
    assertThat(main.legNumber()).isZero();
    assertThat(main.slot()).isEqualTo("veer_shop__main");
    assertThat(main.logTopic()).isEqualTo("veer.shop.main.log");
  }

  @Test
  void aLaterLegHasNamesOfItsOwn() {
    WaveId leg = new WaveId("shop", "main").leg(12);

    assertThat(leg).isEqualTo(new WaveId("shop", "12main"));
    assertThat(leg.home()).isEqualTo(new WaveId("shop", "main"));
    assertThat(leg.legNumber()).isEqualTo(12);
    assertThat(leg.leg(13).legNumber()).isEqualTo(13);
    assertThat(leg.leg(0)).isEqualTo(leg.home());
    assertThat(leg.slot()).isEqualTo("veer_shop__12main");
    assertThat(leg.echo().slot()).isEqualTo("veer_shop__12main__echo");
    assertThat(leg.logTopic()).isEqualTo("veer.shop.12main.log");
  }

  @Test
  void digitsInsideOfANameAreNoLeg() {
    assertThat(new WaveId("shop", "w2").leg(1).home()).isEqualTo(new WaveId("shop", "w2"));
    assertThat(new WaveId("shop", "w2").legNumber()).isZero();
  }

  @Test
  void noUsersWaveCanBeCalledLikeALeg() {
    assertThat(WaveId.isValid("main")).isTrue();
    assertThat(WaveId.isValid("1main")).isFalse();
    assertThat(WaveId.isValid("m__n")).isFalse();
  }

  @Test
  void everySlotOfTheLongestNamesFits() {
    WaveId last = new WaveId(LONGEST, LONGEST).leg(99);

    assertThat(last.echo().slot()).hasSize(63);
    assertThatThrownBy(() -> last.leg(100)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherNamesAreRefused() {
    for (String wave :
        new String[] {"", "0main", "01main", "1", "1Main", "1__a", "1a__b", "1" + LONGEST + "m"}) {
      assertThatThrownBy(() -> new WaveId("shop", wave))
          .as(wave)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new WaveId("1shop", "main"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
