package nl.veer.control.locale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleLaunch;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a machine where {@code "I".toLowerCase()} is not {@code "i"}. */
class TurkishIT {
  private static final String[] TABLES = {"\"INFO\".\"ITEMS\"", "\"INFO\".ırmak", "\"İ\".\"Iıİ\""};

  @TempDir private Path directory;

  @Test
  void namesAndValuesCrossATurkishMachine() throws Exception {
    try (CrossingWorld world =
            CrossingWorld.with(
                "CREATE SCHEMA \"INFO\"; CREATE SCHEMA \"İ\"",
                create(TABLES[0]),
                create(TABLES[1]),
                create(TABLES[2]));
        RoleHome home = RoleHome.of(world, directory)) {
      write(world, 1);
      RoleProcess role =
          home.start(
              RoleLaunch.of(Role.RUN)
                  .withJvmArguments(
                      "-XX:TieredStopAtLevel=1",
                      "-Duser.language=tr",
                      "-Duser.country=TR",
                      "-Duser.timezone=Asia/Kathmandu"));
      Shore shore = new Shore(world);
      shore.awaitLoaded(role);
      write(world, 11);
      for (String table : TABLES) {
        world.onSource(
            "UPDATE " + table + " SET \"İ\" = \"I\" || 'ıIiİ' WHERE \"ID\" % 2 = 0",
            "UPDATE " + table + " SET \"ID\" = -\"ID\" WHERE \"ID\" % 5 = 0",
            "DELETE FROM " + table + " WHERE \"ID\" % 3 = 0");
      }

      shore.awaitEqual(role);
      assertThat(world.targetText("SELECT count(*) FROM " + TABLES[0])).isEqualTo("14");
      assertThat(role.end()).isZero();
    }
  }

  private static String create(String table) {
    return "CREATE TABLE "
        + table
        + " (\"ID\" int PRIMARY KEY, \"I\" text, \"ı\" timestamptz, \"İ\" varchar(20),"
        + " \"TIMING\" interval, \"LIMIT\" float8, \"UUID\" uuid, \"BIT\" bit(3), \"XMIN_\" int[])";
  }

  private static void write(CrossingWorld world, int from) throws Exception {
    for (String table : TABLES) {
      world.onSource(
          ("INSERT INTO %s SELECT n, 'Iıİi', '1900-01-01 00:00:00+00:19:32', 'İ' || n, '-1 mon"
                  + " 04:05:06.7', 0.1::float8 + 0.2::float8, gen_random_uuid(), B'101', '{1,NULL}'"
                  + " FROM generate_series(%d, %d) n")
              .formatted(table, from, from + 9));
    }
  }
}
