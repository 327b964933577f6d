package nl.veer.control.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.security.VeerCommand;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code veer load --again --table}, as it is typed, beside a wave that goes on. */
@Alone
class ReloadIT {
  private static final int ROWS = 20_000;
  private static final String HALF =
      "SELECT state FROM veer.load WHERE table_name = 'half' AND state = 'RUNNING'";
  private static final String OTHERS =
      "SELECT table_name, boundary, started_at, completed_at FROM veer.load"
          + " WHERE table_name NOT IN ('half', 'commits') ORDER BY table_schema, table_name";

  @TempDir private Path directory;

  @Test
  void damagedTablesAreMendedUnderAWritingShopWhateverIsKilledMeanwhile() throws Exception {
    try (CrossingWorld world =
            CrossingWorld.with("CREATE TABLE half (id int PRIMARY KEY, v text)");
        LiveShop shop = LiveShop.openCalm(world, 1_000, 100);
        RoleHome home = RoleHome.of(world, directory)) {
      world.onSource(
          "INSERT INTO half SELECT i, repeat('h', 300) FROM generate_series(1, " + ROWS + ") i");
      Shore shore = new Shore(world);
      RoleProcess capture = home.start(Role.CAPTURE);
      RoleProcess replicator = home.start(Role.REPLICATE);
      shore.awaitLoaded(capture, replicator);
      shore.awaitBatch(capture, replicator);
      String others = world.targetText(OTHERS);
      world.onTarget(
          "DELETE FROM half WHERE id % 3 = 0",
          "UPDATE half SET v = 'other' WHERE id % 5 = 1", "DELETE FROM shop.commits");

      CompletableFuture<VeerCommand> command;
      try (HeldCopy held = new HeldCopy(world, "half", ROWS)) {
        command = CompletableFuture.supplyAsync(() -> load("public.half", "shop.commits"));
        shore.await("the load's last row", () -> held.holdsAnother(""), capture, replicator);
        String first = held.waiting();
        assertThat(world.targetText(HALF)).isEqualTo("RUNNING");
        shop.awaitMore(20);
        replicator.kill9();
        replicator = home.start(Role.REPLICATE);
        shore.await("the next one's", () -> held.holdsAnother(first), capture, replicator);
        shop.awaitMore(20);
        assertThat(command).as("waits as well").isNotDone();
      }

      VeerCommand done = command.get();
      assertThat(done.exitCode()).as(done.output()).isZero();
      assertThat(done.output())
          .contains("Table public.half of wave " + world.wave.wave() + " is to be loaded anew.")
          .contains("public.half: loaded, 20,000 rows")
          .contains("shop.commits: loaded, ");
      shop.awaitMore(20);
      shop.stop();
      shore.awaitEqual(capture, replicator);
      shop.assertAcknowledgedIsThere();
      assertThat(world.targetText(OTHERS)).as("the others were left alone").isEqualTo(others);
      assertThat(replicator.end()).isZero();

      VeerCommand unanswered = load("--no-wait", "public.half");
      assertThat(unanswered.exitCode()).as(unanswered.output()).isZero();
      world.onTarget("TRUNCATE half");
      RoleProcess next = home.start(Role.REPLICATE);
      shore.awaitLoaded(capture, next);
      shore.awaitEqual(capture, next);
      assertThat(next.end()).isZero();
      assertThat(capture.end()).isZero();
    }
  }

  /** The command; options first. */
  private VeerCommand load(String... words) {
    List<String> arguments = new ArrayList<>(List.of("load", "--again"));
    for (String word : words) {
      if (!word.startsWith("-")) {
        arguments.add("--table");
      }
      arguments.add(word);
    }
    arguments.addAll(List.of("-c", directory.resolve("veer.yaml").toString()));
    try {
      return VeerCommand.run(directory, Map.of(), arguments.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
