package nl.veer.replicator.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.veer.connectors.event.TableId;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VeerSinkConnectorTest {
  private static final TopicPartition LOG = new TopicPartition("veer.shop.main.log", 0);

  private final VeerSinkConnector connector = new VeerSinkConnector();

  private Map<String, String> complaints(Map<String, String> settings) {
    return connector.validate(settings).configValues().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .collect(
            Collectors.toMap(ConfigValue::name, value -> String.join(" ", value.errorMessages())));
  }

  @Test
  void findsNothingWrongWithASoundConfiguration() {
    assertThat(complaints(Settings.sound())).isEmpty();
  }

  static Stream<Arguments> slips() {
    return Stream.of(
        Arguments.of("value.converter", "org.apache.kafka.connect.json.JsonConverter", "bend"),
        Arguments.of("key.converter", null, "ByteArrayConverter"),
        Arguments.of("header.converter", null, "take them for texts"),
        Arguments.of("consumer.override.isolation.level", null, "read_committed"),
        Arguments.of("consumer.override.isolation.level", "read_uncommitted", "given up"),
        Arguments.of("consumer.override.allow.auto.create.topics", "true", "false"),
        Arguments.of("topics", "veer.shop.main.log,veer.shop.rest.log", "veer.shop.main.log"),
        Arguments.of("topics.regex", "veer[.].*", "one wave"),
        Arguments.of("transforms", "mask", "as they are"),
        Arguments.of("errors.tolerance", "all", "passed over"),
        Arguments.of("migration", "Shop", "a-z"),
        Arguments.of("wave", "1main", "a-z"),
        Arguments.of("tables", "", "schema.table"),
        Arguments.of("tables", "orders", "schema.table"),
        Arguments.of("source.url", "jdbc:mysql://db/shop", "jdbc:postgresql:"),
        Arguments.of("target.url", "jdbc:postgresql://db/shop?password=x", "password in it"),
        Arguments.of("registry.url", "https://me:secret@registry", "password in it"),
        Arguments.of("tuning.batch-rows", "0", "at least 1"),
        Arguments.of("tuning.batch-row", "5", "not a setting"),
        Arguments.of("source.property.sslmode", "disable", "not a setting"));
  }

  @ParameterizedTest
  @MethodSource("slips")
  void saysWhatIsWrongAtTheSettingThatIs(String setting, String value, String words) {
    Map<String, String> settings = Settings.sound();
    settings.put(setting, value);
    if (value == null) {
      settings.remove(setting);
    }
    Map<String, String> complaints = complaints(settings);
    assertThat(complaints).hasSize(1).containsKey(setting);
    assertThat(complaints.get(setting)).contains(words);
    assertThatThrownBy(() -> connector.start(settings)).isInstanceOf(ConfigException.class);
  }

  @Test
  void neverShowsASecret() {
    assertThat(SinkConfig.of(Settings.sound()).toString())
        .doesNotContain("of-the-source")
        .doesNotContain("of-the-target");
    Map<String, String> settings = Settings.sound();
    settings.put("target.url", "jdbc:postgresql://db/shop?password=open");
    assertThat(complaints(settings).toString()).doesNotContain("open");
    assertThat(connector.validate(settings).configValues())
        .filteredOn(value -> value.name().endsWith("password"))
        .allSatisfy(value -> assertThat(String.valueOf(value.value())).doesNotContain("of-the"));
  }

  @Test
  void hasOneTaskWhateverIsAllowed() {
    connector.start(Settings.sound());
    assertThat(connector.taskConfigs(8)).containsExactly(Settings.sound());
    assertThat(connector.version()).isNotBlank();
  }

  @Test
  void tellsTheReplicatorWhatIsConfigured() {
    Map<String, String> settings = Settings.sound();
    settings.put("tuning.batch-rows", "7");
    settings.put("tuning.batch-delay.ms", "9");
    settings.put("kafka.properties.security.protocol", "SSL");
    SinkConfig config = SinkConfig.of(settings);
    assertThat(config.replicator().tables())
        .containsExactly(new TableId("shop", "orders"), new TableId("shop", "customers"));
    assertThat(config.replicator().batchRows()).isEqualTo(7);
    assertThat(config.replicator().batchBytes()).isEqualTo(16 << 20);
    assertThat(config.replicator().batchDelay()).isEqualTo(Duration.ofMillis(9));
    assertThat(config.source().properties()).isEqualTo(Map.of("sslmode", "disable"));
    assertThat(config.source().password().reveal()).isEqualTo("of-the-source");
    assertThat(config.kafka().properties()).isEqualTo(Map.of("security.protocol", "SSL"));
    assertThat(config.ledger()).isTrue();
  }

  @Test
  void letsOffsetsBeForgottenButNotSet() {
    assertThat(connector.alterOffsets(Settings.sound(), Collections.singletonMap(LOG, null)))
        .isTrue();
    assertThatThrownBy(() -> connector.alterOffsets(Settings.sound(), Map.of(LOG, 5L)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("stamp");
  }

  @Test
  void aTransformThatWouldNumberIsRefusedWhereItIsConfigured() {
    VeerLogTransform<org.apache.kafka.connect.sink.SinkRecord> transform = new VeerLogTransform<>();
    assertThatThrownBy(transform::config).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> transform.configure(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("exactly once")
        .hasMessageContaining("veer capture");
  }
}
