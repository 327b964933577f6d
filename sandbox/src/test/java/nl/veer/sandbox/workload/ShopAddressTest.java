package nl.veer.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopAddressTest {
  @TempDir private Path directory;

  @Test
  void leadsToTheSourceUntilItIsMoved() {
    ShopAddress address = address("address");

    assertThat(address.isTarget()).isFalse();
    assertThatThrownBy(address::connect).hasMessage("source");
  }

  @Test
  void leadsWhereItWasMovedTo() {
    ShopAddress address = address("address");

    address.lead(true);
    assertThatThrownBy(address::connect).hasMessage("target");

    address.lead(false);
    assertThatThrownBy(address::connect).hasMessage("source");
  }

  @Test
  void itsProgramMovesItWhateverItsPathIs() throws Exception {
    ShopAddress address = address("the shop's $HOME address");

    run(address.program(), "target");
    assertThat(address.isTarget()).isTrue();

    run(address.program(), "source");
    assertThat(address.isTarget()).isFalse();
  }

  private ShopAddress address(String name) {
    return new ShopAddress(directory.resolve(name), () -> refuse("source"), () -> refuse("target"));
  }

  private static Connection refuse(String side) throws SQLException {
    throw new SQLException(side);
  }

  private static void run(String line, String side) throws IOException, InterruptedException {
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", line).inheritIO();
    shell.environment().put("VEER_SIDE", side);
    assertThat(shell.start().waitFor()).isZero();
  }
}
