package nl.veer.control.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditedIT {
  private static final String ENTRIES = "SELECT wave, what, result FROM veer.audit ORDER BY number";

  private static final String HAS_SCHEMA = "SELECT to_regnamespace('veer') IS NOT NULL";

  @TempDir private Path directory;

  @Test
  void keepsHowTheWorkEnded() throws Exception {
    try (CrossingWorld world = CrossingWorld.with()) {
      world.onTarget("CREATE SCHEMA veer");
      Audited audited = Audited.of(config(world));

      audited.around("main", "veer drop", () -> {});
      assertThatThrownBy(
              () ->
                  audited.around(
                      "main",
                      "veer load --again",
                      () -> {
                        throw new Failure(FailureKind.CONFLICT, "RUNNING", "It runs.");
                      }))
          .isInstanceOf(Failure.class);

      assertThat(world.targetText(ENTRIES).lines())
          .containsExactly(
              "main|veer drop|asked for",
              "main|veer drop|done",
              "main|veer load --again|asked for",
              "main|veer load --again|failed: RUNNING");
    }
  }

  @Test
  void beginsNoLogWhereVeerHasLeftNothing() throws Exception {
    try (CrossingWorld world = CrossingWorld.with()) {
      AtomicBoolean done = new AtomicBoolean();

      Audited.of(config(world)).around("main", "veer drop", () -> done.set(true));

      assertThat(done).isTrue();
      assertThat(world.targetText(HAS_SCHEMA)).isEqualTo("f");
    }
  }

  @Test
  void whatCannotBeKeptIsNotDone() throws Exception {
    AtomicBoolean done = new AtomicBoolean();

    assertThatThrownBy(() -> Audited.of(away()).around("main", "veer drop", () -> done.set(true)))
        .isInstanceOf(Failure.class);

    assertThat(done).isFalse();
  }

  @Test
  void aRolesBeginAndEndAreKept() throws Exception {
    try (CrossingWorld world = CrossingWorld.with()) {
      VeerConfig config = config(world);
      try (AuditedRole role = AuditedRole.begin(config, "veer run")) {
        CrossingWorld.await("its beginning", () -> begun(world));
        role.failed(new Failure(FailureKind.LOST_POSITION, "SLOT_LOST", "The slot is gone."));
      }

      assertThat(world.targetText(ENTRIES).lines())
          .containsExactly("|veer run|began", "|veer run|failed: SLOT_LOST");
    }
  }

  @Test
  void aTargetThatIsAwayHoldsNoRoleUp() throws Exception {
    long before = System.nanoTime();

    try (AuditedRole role = AuditedRole.begin(away(), "veer run")) {
      role.failed(new Failure(FailureKind.BUG, "ANY", "Any."));
    }

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
  }

  private static boolean begun(CrossingWorld world) {
    try {
      return world.targetText("SELECT to_regclass('veer.audit') IS NOT NULL").equals("t")
          && !world.targetText(ENTRIES).isEmpty();
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Nothing listens on port 1. */
  private VeerConfig away() throws Exception {
    return read("jdbc:postgresql://127.0.0.1:1/shop", "veer", "");
  }

  private VeerConfig config(CrossingWorld world) throws Exception {
    SandboxPostgres target = world.servers().target();
    Files.writeString(directory.resolve("target"), target.password());
    return read(target.jdbcUrl(world.database()), target.user(), ", password: \"${file:target}\"");
  }

  private VeerConfig read(String url, String user, String password) throws Exception {
    Path file = directory.resolve("veer.yaml");
    Files.writeString(
        file,
        """
        migration: shop
        source: {url: "jdbc:postgresql://127.0.0.1:1/shop", user: veer}
        target: {url: "%s", user: %s%s}
        waves: [{name: main, tables: {}}]
        """
            .formatted(url, user, password));
    return ConfigFile.read(file, Map.of());
  }
}
