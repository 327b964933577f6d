package nl.veer.control.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoverTest {
  @TempDir private Path directory;

  @Test
  void eachTableThatIsLeftOutHasItsReason() throws Exception {
    Path file = directory.resolve("veer.yaml");
    Files.writeString(
        file,
        """
        migration: shop
        source: {url: "jdbc:postgresql://127.0.0.1:1/shop", user: veer}
        target: {url: "jdbc:postgresql://127.0.0.1:1/shop", user: veer}
        waves:
          - {name: one, tables: {include: ["public.*"], exclude: ["public.log*", "public.big"]}}
          - {name: two, tables: {include: ["public.big", "crm.*"], exclude: ["crm.old"]}}
        """);
    VeerConfig config = ConfigFile.read(file, Map.of());

    assertThat(
            Leftover.of(
                config,
                List.of(
                    new TableId("crm", "old"),
                    new TableId("crm", "people"),
                    new TableId("hr", "pay"),
                    new TableId("public", "big"),
                    new TableId("public", "logins"),
                    new TableId("public", "orders"))))
        .containsExactly(
            new Leftover("crm.old", "excluded by 'crm.old' of wave two"),
            new Leftover("hr.pay", "no wave includes it"),
            new Leftover("public.logins", "excluded by 'public.log*' of wave one"));
  }
}
