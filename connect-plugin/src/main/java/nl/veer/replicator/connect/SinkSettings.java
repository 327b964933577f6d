package nl.veer.replicator.connect;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import nl.veer.connectors.event.WaveId;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The connector's own settings: the words of {@code veer.yaml}, their parts joined by dots. */
final class SinkSettings {
  static final String MIGRATION = "migration";
  static final String WAVE = "wave";
  static final String TABLES = "tables";
  static final String SOURCE = "source.";
  static final String TARGET = "target.";
  static final String URL = "url";
  static final String USER = "user";
  static final String PASSWORD = "password";

  /** Behind {@code source.}, {@code target.}, {@code kafka.} and {@code registry.}. */
  static final String PROPERTIES = "properties.";

  static final String KAFKA = "kafka.";
  static final String BOOTSTRAP = "kafka.bootstrap";
  static final String REGISTRY = "registry.";
  static final String REGISTRY_URL = "registry.url";
  static final String LEDGER = "verification.ledger";
  static final String TRUNCATE = "load.truncate";
  static final String LOAD_WORKERS = "tuning.load-workers";
  static final String BATCH_ROWS = "tuning.batch-rows";
  static final String BATCH_BYTES = "tuning.batch-bytes";
  static final String BATCH_DELAY = "tuning.batch-delay.ms";

  static final ConfigDef DEFINITION = new ConfigDef();

  private static final Pattern TABLE = Pattern.compile("[^.]+\\.[^.]+");

  private static final Pattern SECRET_IN_URL =
      Pattern.compile("(?i)[?&](password|sslpassword)=|//[^/@]*@");

  static {
    required(MIGRATION, Type.STRING, name(), "The migration's name in veer.yaml.");
    required(WAVE, Type.STRING, name(), "The wave's name in veer.yaml.");
    required(
        TABLES,
        Type.LIST,
        tables(),
        "All tables of the wave, as schema.table; veer check lists them.");
    database(SOURCE, "source");
    database(TARGET, "target");
    required(
        BOOTSTRAP,
        Type.STRING,
        new NonEmptyString(),
        "host:port of the Kafka that holds the log, several separated by commas: the worker's own,"
            + " which it does not tell its tasks. What its clients need beside is"
            + " kafka.properties.NAME.");
    required(
        REGISTRY_URL,
        Type.STRING,
        url("http://", "https://"),
        "Base URL of the schema registry's REST API. What its client needs beside is"
            + " registry.properties.NAME.");
    optional(
        LEDGER,
        Type.BOOLEAN,
        true,
        null,
        "As in veer.yaml. If true, the task refuses a wave of which no batch was applied yet: veer"
            + " replicate makes its load and its echo first, without which nothing could be proven"
            + " later. If false, the task loads such a wave by itself, and makes no echo.");
    optional(
        TRUNCATE,
        Type.BOOLEAN,
        false,
        null,
        "Whether tables of the target that are not empty are emptied before their load.");
    optional(
        LOAD_WORKERS,
        Type.INT,
        4,
        Range.between(1, 64),
        "Connections that a load reads with, and as many that it writes with.");
    optional(
        BATCH_ROWS,
        Type.INT,
        20_000,
        Range.between(1, 10_000_000),
        "A batch takes no further transaction beyond this many rows.");
    optional(
        BATCH_BYTES,
        Type.LONG,
        16L << 20,
        Range.atLeast(1024),
        "A batch takes no further transaction beyond this many bytes of the log.");
    optional(
        BATCH_DELAY,
        Type.LONG,
        500L,
        Range.atLeast(1),
        "A batch takes no further transaction beyond this many milliseconds.");
  }

  private SinkSettings() {}

  private static void database(String prefix, String side) {
    required(
        prefix + URL,
        Type.STRING,
        url("jdbc:postgresql:"),
        "JDBC URL of the %s. What the driver needs beside, TLS for example, is %sproperties.NAME."
            .formatted(side, prefix));
    required(
        prefix + USER,
        Type.STRING,
        new NonEmptyString(),
        "The role that Veer connects to the %s as.".formatted(side));
    optional(
        prefix + PASSWORD,
        Type.PASSWORD,
        "",
        null,
        "Its password; written as ${provider:path:key} of a config provider, for Connect shows a"
            + " connector's configuration to whoever asks.");
  }

  private static void required(String name, Type type, Validator validator, String documentation) {
    DEFINITION.define(
        name, type, ConfigDef.NO_DEFAULT_VALUE, validator, Importance.HIGH, documentation);
  }

  private static void optional(
      String name,
      Type type,
      Object byDefault,
      @Nullable Validator validator,
      String documentation) {
    DEFINITION.define(name, type, byDefault, validator, Importance.MEDIUM, documentation);
  }

  private static Validator name() {
    return validator(
        "1 to 24 characters of a-z, 0-9 and _, beginning with a letter",
        value -> value instanceof String text && WaveId.isValid(text));
  }

  private static Validator tables() {
    return validator(
        "one or more of schema.table, separated by commas",
        value ->
            value instanceof List<?> names
                && !names.isEmpty()
                && names.stream().allMatch(name -> TABLE.matcher(name.toString()).matches()));
  }

  private static Validator url(String... beginnings) {
    return validator(
        "a URL that begins with "
            + String.join(" or ", beginnings)
            + ", without a user or password in it",
        value ->
            value instanceof String text
                && List.of(beginnings).stream().anyMatch(text::startsWith)
                && !SECRET_IN_URL.matcher(text).find());
  }

  /** The value itself is left out of the complaint: it may hold a secret. */
  private static Validator validator(String wanted, Predicate<Object> isGood) {
    return LambdaValidator.with(
        (name, value) -> {
          if (value != null && !isGood.test(value)) {
            throw new ConfigException(name + ": must be " + wanted + ".");
          }
        },
        () -> wanted);
  }
}
