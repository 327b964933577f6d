package nl.veer.replicator.connect;

import java.util.HashMap;
import java.util.Map;

/** A connector's configuration as it should be; a test changes what it is about. */
final class Settings {
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  private Settings() {}

  static Map<String, String> sound() {
    Map<String, String> settings = new HashMap<>();
    settings.put("name", "shop-main");
    settings.put("connector.class", VeerSinkConnector.class.getName());
    settings.put("tasks.max", "1");
    settings.put("topics", "veer.shop.main.log");
    settings.put("key.converter", BYTES);
    settings.put("value.converter", BYTES);
    settings.put("header.converter", BYTES);
    settings.put("consumer.override.isolation.level", "read_committed");
    settings.put("consumer.override.allow.auto.create.topics", "false");
    settings.put("migration", "shop");
    settings.put("wave", "main");
    settings.put("tables", "shop.orders,shop.customers");
    settings.put("source.url", "jdbc:postgresql://127.0.0.1:1/shop");
    settings.put("source.user", "veer");
    settings.put("source.password", "of-the-source");
    settings.put("source.properties.sslmode", "disable");
    settings.put("target.url", "jdbc:postgresql://127.0.0.1:1/copy");
    settings.put("target.user", "veer");
    settings.put("target.password", "of-the-target");
    settings.put("kafka.bootstrap", "127.0.0.1:1");
    settings.put("registry.url", "http://127.0.0.1:1");
    return settings;
  }
}
