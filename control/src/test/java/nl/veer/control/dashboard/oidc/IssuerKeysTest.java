package nl.veer.control.dashboard.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.jwk.JWK;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import nl.veer.control.dashboard.HandClock;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How the issuer's keys are read, kept and forgotten. */
class IssuerKeysTest {
  private static final SigningKey FIRST = SigningKey.edwards("first");
  private static final SigningKey SECOND = SigningKey.edwards("second");

  private final HandClock clock = new HandClock();

  @Test
  void theyAreFoundByTheIssuersDocumentOrWhereTheConfigurationSays() {
    try (Issuer issuer = Issuer.start(FIRST, SECOND)) {
      assertThat(ids(new IssuerSite(issuer.config()))).containsExactly("first", "second");
      issuer.document = Map.of();
      assertThat(ids(new IssuerSite(issuer.config(issuer.uri() + "/keys"))))
          .containsExactly("first", "second");
    }
  }

  @Test
  void anAnswerThatIsNotAsItMustBeIsNone() {
    try (Issuer issuer = Issuer.start(FIRST)) {
      issuer.document = Map.of("issuer", issuer.uri() + "/", "jwks_uri", issuer.uri() + "/keys");
      assertFails(issuer, "another issuer's");
      issuer.document = Map.of("issuer", issuer.uri(), "jwks_uri", "http://10.0.0.7/keys");
      assertFails(issuer, "not https");
      issuer.document = Map.of("issuer", issuer.uri(), "jwks_uri", ":");
      assertFails(issuer, "no address");
      issuer.document = Map.of("issuer", issuer.uri(), "jwks_uri", issuer.uri() + "/keys");
      issuer.status = 302;
      assertFails(issuer, "status 302");
      issuer.status = 0;
      assertFails(issuer, "TimeoutException");
      issuer.status = 200;
      issuer.keys = "{\"keys\": []}";
      assertFails(issuer, "no key for RS256");
      issuer.keys = "<html>";
      assertFails(issuer, "no JWK set");
      issuer.keys = " ".repeat(300_000);
      assertFails(issuer, "more than 262144 bytes");
      issuer.signsWith(SECOND);
      assertThat(ids(new IssuerSite(issuer.config()))).containsExactly("second");
    }
  }

  @Test
  void aNewKeyIsReadWhenItIsNeededButNotForEveryStranger() {
    try (Issuer issuer = Issuer.start(FIRST)) {
      IssuerKeys keys = new IssuerKeys("it", new IssuerSite(issuer.config()), clock);
      keys.await(is("first")).join();
      assertThat(keys.fitting(is("first"))).hasSize(1);
      issuer.signsWith(SECOND);
      for (int i = 0; i < 10; i++) {
        keys.await(is("stranger " + i)).join();
      }
      assertThat(issuer.reads).as("so soon behind the first").hasValue(1);

      clock.putOn(IssuerKeys.PAUSE);
      keys.await(is("second")).join();
      assertThat(keys.fitting(is("second"))).hasSize(1);
      assertThat(keys.fitting(is("first"))).as("taken back").isEmpty();
      assertThat(issuer.reads).hasValue(2);
    }
  }

  @Test
  void oldKeysHoldWhileTheyAreReadAnewAndNotForever() {
    CompletableFuture<List<JWK>> reading = new CompletableFuture<>();
    List<CompletableFuture<List<JWK>>> readings =
        new java.util.ArrayList<>(
            List.of(
                CompletableFuture.completedFuture(List.of(jwk(FIRST))),
                reading,
                CompletableFuture.failedFuture(new java.io.IOException("away")),
                CompletableFuture.completedFuture(List.of(jwk(SECOND)))));
    IssuerKeys keys = new IssuerKeys("it", () -> readings.remove(0), clock);
    keys.await(is("first")).join();
    clock.putOn(IssuerKeys.FRESH.plusSeconds(1));
    assertThat(keys.await(is("first"))).as("nobody waits").isCompleted();
    assertThat(readings).as("but it is read anew").hasSize(2);
    assertThat(keys.await(is("other"))).as("who needs another key waits").isNotDone();
    assertThat(readings).as("for what is under way").hasSize(2);
    reading.completeExceptionally(new java.io.IOException("away"));
    assertThat(keys.fitting(is("first"))).hasSize(1);

    clock.putOn(IssuerKeys.LONGEST);
    keys.await(is("first")).join();
    assertThat(keys.areKnown()).as("away for too long").isFalse();
    assertThat(keys.fitting(is("first"))).isEmpty();
    clock.putOn(IssuerKeys.PAUSE);
    keys.await(is("second")).join();
    assertThat(keys.areKnown()).isTrue();
  }

  @Test
  void anIssuerThatIsAwayIsSaidOnceAndAgainWhenItIsBack() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(IssuerKeys.class);
    logger.addAppender(log);
    try {
      IssuerKeys keys =
          new IssuerKeys(
              "it",
              () -> {
                throw new IllegalStateException("thrown at once");
              },
              clock);
      for (int i = 0; i < 3; i++) {
        keys.await(is("first")).join();
        clock.putOn(Duration.ofMinutes(1));
      }
      assertThat(log.list)
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getFormattedMessage()).contains("nobody comes in by its tokens");
                assertThat(event.getKeyValuePairs().toString()).contains("it", "thrown at once");
              });
    } finally {
      logger.detachAppender(log);
    }
  }

  private static void assertFails(Issuer issuer, String words) {
    IssuerSite site = new IssuerSite(issuer.config(), Duration.ofMillis(300));
    assertThatThrownBy(() -> site.read().join()).as(words).hasStackTraceContaining(words);
  }

  private static List<String> ids(IssuerSite site) {
    return site.read().join().stream().map(JWK::getKeyID).toList();
  }

  private static Predicate<JWK> is(String id) {
    return key -> id.equals(key.getKeyID());
  }

  private static JWK jwk(SigningKey key) {
    try {
      return JWK.parse(key.jwk());
    } catch (java.text.ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
