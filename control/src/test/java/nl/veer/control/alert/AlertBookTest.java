package nl.veer.control.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import nl.veer.control.alert.AlertMessage.Status;
import org.junit.jupiter.api.Test;

class AlertBookTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Judgement DIFFERENT =
      Judgement.raised(AlertRule.DIFFERENCE, "main", "", "1 row stands open");
  private static final Judgement LATE =
      Judgement.raised(AlertRule.LAG, "main", "", "the target is 90 s behind");

  private final AlertBook book =
      new AlertBook(
          "shop",
          rule -> rule == AlertRule.LAG ? Duration.ofSeconds(60) : Duration.ZERO,
          Duration.ofHours(1));

  @Test
  void aDifferenceIsToldAtOnceAndOnce() {
    assertThat(at(0, DIFFERENT))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.status()).isEqualTo(Status.FIRING);
              assertThat(told.id()).isEqualTo("shop/main/difference");
              assertThat(told.since()).isEqualTo(NOON);
            });
    assertThat(at(5, DIFFERENT)).isEmpty();
    assertThat(at(3599, DIFFERENT)).isEmpty();
  }

  @Test
  void whatLastsIsToldAgainAfterALongTime() {
    at(0, DIFFERENT);

    assertThat(at(3600, DIFFERENT))
        .extracting(AlertMessage::status)
        .containsExactly(Status.REMINDER);
    assertThat(at(3605, DIFFERENT)).isEmpty();
  }

  @Test
  void aPeakOfLagIsNotTold() {
    assertThat(at(0, LATE)).isEmpty();
    assertThat(at(55, LATE)).isEmpty();
    assertThat(at(57)).isEmpty();
    assertThat(at(60, LATE)).isEmpty();

    assertThat(at(120, LATE))
        .singleElement()
        .satisfies(told -> assertThat(told.since()).isEqualTo(NOON.plusSeconds(60)));
  }

  @Test
  void whatIsOverIsToldOnceAndFiresAnewWhenItComesBack() {
    at(0, DIFFERENT);
    assertThat(at(10)).isEmpty();
    assertThat(at(40)).extracting(AlertMessage::status).containsExactly(Status.RESOLVED);
    assertThat(at(50)).isEmpty();

    assertThat(at(60, DIFFERENT)).extracting(AlertMessage::status).containsExactly(Status.FIRING);
  }

  @Test
  void whatComesAndGoesIsOneAlert() {
    at(0, DIFFERENT);
    for (int second = 5; second < 600; second += 5) {
      assertThat(second % 10 == 0 ? at(second, DIFFERENT) : at(second)).isEmpty();
    }
  }

  @Test
  void whatIsNotKnownEndsNothing() {
    at(0, DIFFERENT);

    assertThat(at(100, Judgement.unknown(AlertRule.DIFFERENCE, "main"))).isEmpty();
    assertThat(book.enter(List.of(), Set.of(), NOON.plusSeconds(200)))
        .as("the wave is not seen")
        .isEmpty();
    assertThat(book.firing()).containsEntry(AlertRule.DIFFERENCE, 1);
  }

  @Test
  void whatIsNotKnownBeginsNothing() {
    assertThat(at(0, Judgement.unknown(AlertRule.DIFFERENCE, "main"))).isEmpty();
    assertThat(book.firing()).containsEntry(AlertRule.DIFFERENCE, 0);
  }

  @Test
  void eachRoleIsAnAlertOfItsOwn() {
    Judgement capture = Judgement.raised(AlertRule.INCIDENT, "main", "capture", "a");
    Judgement replicate = Judgement.raised(AlertRule.INCIDENT, "main", "replicate", "b");

    assertThat(at(0, capture, replicate)).hasSize(2);
    at(5, capture);
    assertThat(at(60, capture))
        .singleElement()
        .satisfies(told -> assertThat(told.subject()).isEqualTo("replicate"));
    assertThat(book.firing()).containsEntry(AlertRule.INCIDENT, 1);
  }

  @Test
  void aMessageSaysWhatWhereSinceWhenAndWhatToDo() {
    AlertMessage told = at(0, DIFFERENT).get(0);

    assertThat(told.text())
        .isEqualTo(
            """
            CRITICAL difference: wave shop/main
            1 row stands open
            since: 2026-03-01T12:00:00Z
            what to do: Do not cut over. List them with: veer diff. Then see who did it, and repair.
            more: docs/operations.md#difference
            """);
  }

  private List<AlertMessage> at(int second, Judgement... said) {
    return book.enter(List.of(said), Set.of("main"), NOON.plusSeconds(second));
  }
}
