package nl.veer.control.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import javax.net.SocketFactory;
import nl.veer.connectors.capture.Capture;
import nl.veer.connectors.capture.CaptureConfig;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.config.SampleConfigs;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.Doing;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.Word;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** What a run says of a role, by whether its thread is at work. Nothing here is reached. */
class WaveWordsTest {
  private static final WaveId HOME = new WaveId("shop", "main");
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final DatabaseEndpoint NOWHERE =
      new DatabaseEndpoint("jdbc:postgresql://nowhere.invalid/x", "x", new Secret("x"), Map.of());

  private static final WaveRun.Owner NOT_OVER =
      new WaveRun.Owner() {
        @Override
        public boolean isOver(Failure failure) {
          return false;
        }

        @Override
        public void ended(Failure failure) {
          assertThat(failure.code()).isEqualTo("UNEXPECTED");
        }
      };

  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final WaveWords words = new WaveWords("one", Clock.systemUTC());

  @Test
  void aRoleThatHasNotBegunSaysNothing() {
    assertThat(words.of(echoing(() -> true))).isEmpty();
  }

  @Test
  void aRoleWhoseThreadIsGoneNeverSaysThatItIsWell() {
    WaveRun run =
        echoing(
            () -> {
              awaitLeave();
              throw new IllegalStateException("a defect");
            });
    run.start(LegState.ACTIVE);
    Word begun = words.of(run).get(0);

    mayGoOn.countDown();
    assertThat(run.awaitEnd(Duration.ofSeconds(10))).isTrue();

    assertThat(begun.key().text()).isEqualTo("shop/main/1/echo/one");
    assertThat(begun.key().speaker()).isEqualTo(Speaker.ECHO);
    assertThat(begun.doing()).isEqualTo(Doing.STARTING);
    assertThat(begun.said()).isEqualTo(new CaptureSaid(null, 0, 0, 0));
    Word failed = words.of(run).get(0);
    assertThat(failed.doing()).isEqualTo(Doing.FAILED);
    assertThat(failed.failure()).startsWith("UNEXPECTED: ");
  }

  @Test
  void whatARoleWaitsForIsNoTroubleAndOneThatEndedWellSaysNothingMore() {
    WaveRun run = echoing(() -> false);
    run.start(LegState.ACTIVE);

    await().until(() -> words.of(run).get(0).doing() == Doing.WAITING);
    assertThat(words.of(run).get(0).failure()).startsWith("ECHO_WAITS: ");

    run.stop();
    assertThat(run.awaitEnd(Duration.ofSeconds(10))).isTrue();
    assertThat(words.of(run)).isEmpty();
  }

  @Test
  void aVerdictThatNobodyMakesAnyMoreIsUnknown() {
    SourceConnections source = new SourceConnections(NOWHERE);
    TargetConnections target =
        new TargetConnections(
            new DatabaseEndpoint(
                NOWHERE.url(),
                NOWHERE.user(),
                NOWHERE.password(),
                Map.of("socketFactory", Defect.class.getName())));
    Leg leg = new Leg(HOME, HOME, 0, source, target, List.of());
    VeerConfig config = SampleConfigs.shop();
    VerdictRun verdict =
        new VerdictRun(
            HOME,
            new Migration(
                source, target, Map.of(), config.tuning(), config.verification(), config.data()));
    WaveRun run =
        new WaveRun(
            leg,
            BEAT,
            new WaveRoles(null, null, null, null, null, null, null, new WaveProof(null, verdict)),
            NOT_OVER);
    run.start(LegState.ACTIVE);
    assertThat(run.awaitEnd(Duration.ofSeconds(10))).isTrue();

    assertThat(run.verdict())
        .satisfies(
            end ->
                assertThat(end.verdict())
                    .isInstanceOfSatisfying(
                        Verdict.Unknown.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo(UnknownReason.ERROR)));
  }

  /** The driver makes it when a session is opened. */
  public static final class Defect extends SocketFactory {
    @Override
    public Socket createSocket() {
      throw new LinkageError("a defect");
    }

    @Override
    public Socket createSocket(String host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      return createSocket();
    }
  }

  private void awaitLeave() {
    try {
      mayGoOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static WaveRun echoing(BooleanSupplier mayBegin) {
    SourceConnections source = new SourceConnections(NOWHERE);
    TargetConnections target = new TargetConnections(NOWHERE);
    Leg leg = new Leg(HOME.leg(1), HOME, 1, source, target, List.of());
    Capture capture =
        new Capture(
            new CaptureConfig(leg.wave().echo(), List.of(), new TopicConfig(1, 1), BEAT),
            target.asSource(),
            new KafkaEndpoint("nowhere.invalid:1", Map.of()),
            new RegistryEndpoint("http://nowhere.invalid", Map.of()));
    EchoRun echo = new EchoRun(leg.wave(), new EchoGround(leg.wave(), target), capture, mayBegin);
    WaveRoles roles =
        new WaveRoles(null, null, null, null, null, echo, null, new WaveProof(null, null));
    return new WaveRun(leg, BEAT, roles, NOT_OVER);
  }
}
