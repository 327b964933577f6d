package nl.veer.control.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Pauses;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstLookTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pauses NONE =
      new Pauses(
          Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

  private final StopSignal stop = new StopSignal();
  private final List<String> said = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger looks = new AtomicInteger();
  private final FirstLook firstLook = new FirstLook(PATIENCE, stop, said::add, clock::get, NONE);

  @TempDir private Path directory;

  @Test
  void aSourceThatIsAwayForAMomentIsWaitedForAndToldOnce() {
    Supplier<String> look = () -> look(5, FailureKind.TRANSIENT);

    assertThat(firstLook.answer(look)).contains("tables");

    assertThat(looks).hasValue(6);
    assertThat(said).singleElement().asString().contains("at most 60 s", "not there");
  }

  @Test
  void aSourceThatStaysAwayEndsTheStart() {
    Failure failure = failure(() -> look(1_000, FailureKind.TRANSIENT));

    assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(failure.code()).isEqualTo("CODE");
    assertThat(failure).hasMessageContainingAll("not there", "waited for 60 s");
    // One at the beginning, then one every ten seconds of this clock.
    assertThat(looks).hasValue(6);
  }

  @Test
  void whatDoesNotPassByItselfIsNotWaitedFor() {
    Failure failure = failure(() -> look(5, FailureKind.CONFIGURATION));

    assertThat(failure).hasMessage("not there");
    assertThat(looks).hasValue(1);
    assertThat(said).isEmpty();
  }

  @Test
  void aStopEndsTheWaitAlsoWhileALookHangs() {
    CountDownLatch never = new CountDownLatch(1);
    Supplier<String> look =
        () -> {
          stop.raise();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return "tables";
        };

    assertThat(firstLook.answer(look)).isEmpty();
    never.countDown();
  }

  @Test
  void aServerThatIsStartingIsWaitedFor() throws Exception {
    try (AnsweringServer server = AnsweringServer.saying("57P03", "the system is starting up")) {
      Failure failure = migrationAt("127.0.0.1:" + server.port());

      assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
      assertThat(failure).hasMessageContaining("starting up");
    }
  }

  @Test
  void aServerThatRefusesTheConnectionIsWaitedFor() throws Exception {
    assertThat(migrationAt("127.0.0.1:1").kind()).isEqualTo(FailureKind.TRANSIENT);
  }

  @Test
  void aWrongPasswordEndsTheStart() throws Exception {
    try (AnsweringServer server = AnsweringServer.saying("28P01", "wrong password")) {
      Failure failure = migrationAt("127.0.0.1:" + server.port());

      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure.code()).isEqualTo("LOGIN_REFUSED");
    }
  }

  @Test
  void aHostThatNobodyKnowsEndsTheStart() throws Exception {
    Failure failure = migrationAt("no-such-host.invalid");

    assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(failure.code()).isEqualTo("SOURCE_UNREACHABLE");
  }

  private Failure migrationAt(String host) throws Exception {
    Path file = directory.resolve("veer.yaml");
    Files.writeString(
        file,
        """
        migration: shop
        source: {url: "jdbc:postgresql://%s/shop", user: veer}
        target: {url: "jdbc:postgresql://127.0.0.1:1/shop", user: veer}
        waves: [{name: main, tables: {}}]
        """
            .formatted(host));
    VeerConfig config = ConfigFile.read(file, Map.of());
    return catchThrowableOfType(Failure.class, () -> Migration.of(config));
  }

  private Failure failure(Supplier<String> look) {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> {
              Optional<String> found = firstLook.answer(look);
              assertThat(found).isEmpty();
            });
    assertThat(failure).isNotNull();
    return failure;
  }

  /** Each look takes ten seconds of the clock. */
  private String look(int vain, FailureKind kind) {
    clock.addAndGet(Duration.ofSeconds(10).toNanos());
    if (looks.incrementAndGet() <= vain) {
      throw new Failure(kind, "CODE", "not there");
    }
    return "tables";
  }
}
