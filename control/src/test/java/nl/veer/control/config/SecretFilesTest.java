package nl.veer.control.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which files hold secrets, as the configuration's text tells. */
class SecretFilesTest {
  private static final Path FILE = Path.of("/etc/veer/veer.yaml");

  @Test
  void filesThatAreNamedAreTakenFromTheConfigurationsDirectory() {
    assertThat(
            SecretFiles.of(
                FILE,
                """
                source: {password: "${file:source-password}"}
                target: {password: "${file:/run/secrets/target}"}
                kafka:
                  properties:
                    sasl.jaas.config: 'PlainLoginModule required password="${file:kafka}";'
                """))
        .containsExactly(
            Path.of("/etc/veer/source-password"),
            Path.of("/run/secrets/target"),
            Path.of("/etc/veer/kafka"));
  }

  @Test
  void aSecretThatStandsInTheConfigurationMakesItOne() {
    for (String property :
        new String[] {
          "sasl.jaas.config", "basic.auth.user.info", "ssl.key.password", "sslpassword"
        }) {
      assertThat(SecretFiles.of(FILE, "kafka: {properties: {" + property + ": word}}"))
          .as(property)
          .containsExactly(FILE);
    }
  }

  @Test
  void aConfigurationWithoutSecretsIsNone() {
    assertThat(
            SecretFiles.of(
                FILE,
                """
                source: {url: "jdbc:postgresql://a/b", password: "${env:SOURCE}"}
                registry:
                  properties:
                    basic.auth.credentials.source: USER_INFO
                    basic.auth.user.info: ${env:REGISTRY}
                    schema.registry.ssl.truststore.location: /etc/ca.pem
                """))
        .isEmpty();
  }
}
