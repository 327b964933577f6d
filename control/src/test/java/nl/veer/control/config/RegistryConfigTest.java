package nl.veer.control.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://veer:hush@registry.example.org",
        "HTTPS://veer:hush@registry.example.org",
        "https://one.example.org,https://veer:hush@two.example.org"
      })
  void aUserInAnyOfTheAddressesIsRefusedAndNotShown(String url) {
    assertThatThrownBy(() -> new RegistryConfig(url, Map.of()))
        .hasMessageContaining("basic.auth.user.info")
        .message()
        .doesNotContain("hush");
  }

  @Test
  void anAddressWithoutAUserIsTaken() {
    String url = "https://one.example.org/a@b,https://two.example.org:8081";

    assertThat(new RegistryConfig(url, Map.of()).url()).isEqualTo(url);
  }
}
