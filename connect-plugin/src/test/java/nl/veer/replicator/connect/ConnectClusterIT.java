package nl.veer.replicator.connect;

import static nl.veer.replicator.connect.ConnectWorld.WAVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogTopic;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.connect.ConnectCluster.Task;
import nl.veer.sandbox.workload.ShopWorkload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plug-in as it is built, in two workers as Kafka ships them, while a shop writes. */
class ConnectClusterIT {
  private static final String SHOP = "shop";

  private static ConnectWorld world;
  private static ConnectCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    world = ConnectWorld.start();
    cluster = world.cluster();
    cluster.put(SHOP, world.settings());
    world.awaitLevel();
  }

  @AfterAll
  static void end() throws Exception {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void carriesTheShopThroughARestartOfItsTaskAndAnotherConfiguration() throws Exception {
    try (ShopWorkload writing = world.writing()) {
      cluster.done("POST", "/connectors/shop/tasks/0/restart", null);
      world.awaitLevel();
      Map<String, String> other = world.settings();
      other.put("tuning.batch-rows", "50");
      cluster.put(SHOP, other);
      world.awaitLevel();
      cluster.put(SHOP, world.settings());
      cluster.awaitTask(SHOP, Task::runs);
      world.assertEqualBehind(writing);
    }
  }

  @Test
  void offsetsThatSomebodyHasMovedAreNotBelieved() throws Exception {
    cluster.awaitTask(SHOP, Task::runs);
    try (ShopWorkload writing = world.writing()) {
      cluster.done("PUT", "/connectors/shop/stop", null);
      cluster.awaitTask(SHOP, task -> task.state().isEmpty());
      await().until(() -> writing.committed() > 50);
      assertThat(world.committedOffset(SHOP)).isBetween(1L, world.stampOffset());
      world.commitTheEnd(SHOP);
      assertThat(world.committedOffset(SHOP)).isGreaterThan(world.stampOffset());
      cluster.done("PUT", "/connectors/shop/resume", null);
      world.assertEqualBehind(writing);
    }
  }

  @Test
  void aWorkerThatIsKilledIsReplacedAndNothingIsLostOrDoubled() throws Exception {
    ConnectWorker owner = cluster.ownerOf(SHOP);
    try (ShopWorkload writing = world.writing()) {
      owner.kill();
      cluster.awaitTask(SHOP, task -> task.runs() && !task.worker().equals(owner.id()));
      world.assertEqualBehind(writing);
    } finally {
      owner.startAgain();
      cluster.awaitAnswer(owner);
    }
  }

  @Test
  void aWorkerThatStandsStillIsReplacedAndCommitsNothingWhenItGoesOn() throws Exception {
    ConnectWorker owner = cluster.ownerOf(SHOP);
    try (ShopWorkload writing = world.writing()) {
      owner.pause();
      cluster.awaitTask(SHOP, task -> task.runs() && !task.worker().equals(owner.id()));
      world.awaitLevel();
      owner.goOn();
      cluster.awaitAnswer(owner);
      world.assertEqualBehind(writing);
    } finally {
      owner.goOn();
    }
  }

  @Test
  void theSecondTaskOfAWaveEndsTheFirst() throws Exception {
    cluster.awaitTask(SHOP, Task::runs);
    try (ShopWorkload writing = world.writing()) {
      cluster.put("zombie", world.settings());
      Task first = cluster.awaitTask(SHOP, task -> task.state().equals("FAILED"));
      assertThat(first.trace()).contains("TAKEN_OVER").contains(WAVE.toString());
      world.awaitLevel();
      cluster.delete("zombie");
      cluster.done("POST", "/connectors/shop/tasks/0/restart", null);
      world.assertEqualBehind(writing);
    }
  }

  @Test
  void veerReplicateTakesOverAndTheSinkAfterIt() throws Exception {
    cluster.awaitTask(SHOP, Task::runs);
    try (ShopWorkload writing = world.writing()) {
      Replicator own = world.replicator();
      CompletableFuture<Void> running = CompletableFuture.runAsync(own::run);
      Task sink = cluster.awaitTask(SHOP, task -> task.state().equals("FAILED"));
      assertThat(sink.trace()).contains("TAKEN_OVER");
      world.awaitLevel();
      Map<String, String> proven = world.settings();
      proven.put("verification.ledger", "true");
      cluster.put(SHOP, proven);
      Throwable end = catchThrowable(running::join);
      assertThat(end.getCause())
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("TAKEN_OVER"));
      world.assertEqualBehind(writing);
    }
  }

  @Test
  void aWaveOfWhichNothingWasAppliedIsRefusedWhereItIsToBeProven() {
    WaveId other = new WaveId("shop", "unbegun");
    new LogTopic(world.kafka(), other).create(ConnectWorld.TOPIC);
    Map<String, String> settings = world.settings(other);
    settings.put("verification.ledger", "true");
    cluster.put("unbegun", settings);
    Task refused = cluster.awaitTask("unbegun", task -> task.state().equals("FAILED"));
    assertThat(refused.trace()).contains("WAVE_NOT_BEGUN").contains("veer replicate");
    cluster.delete("unbegun");
  }

  @Test
  void aConfigurationThatWouldBendTheLogIsRefusedByRest() {
    Map<String, String> settings = world.settings();
    settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.remove("consumer.override.isolation.level");
    settings.put("transforms", "number");
    settings.put("transforms.number.type", VeerLogTransform.class.getName());
    String refused = validated(settings);
    assertThat(refused)
        .contains("must be set to org.apache.kafka.connect.converters.ByteArrayConverter")
        .contains("must be set to read_committed")
        .contains("A transform cannot make a log of Veer's")
        .contains("\"error_count\":4");
    Map<String, String> sound = world.settings();
    sound.put("name", SHOP);
    assertThat(validated(sound)).contains("\"error_count\":0");
  }

  private static String validated(Map<String, String> settings) {
    settings.put("name", "refused");
    return cluster
        .done("PUT", "/connector-plugins/VeerSinkConnector/config/validate", settings)
        .body();
  }

  @Test
  void theWorkersSeeThePluginByItsVersionAndNothingElseOfIt() {
    String plugins = cluster.done("GET", "/connector-plugins?connectorsOnly=false", null).body();
    assertThat(plugins)
        .contains(VeerSinkConnector.class.getName())
        .contains(VeerLogTransform.class.getName())
        .doesNotContain("debezium")
        .doesNotContain("unbuilt");
  }
}
