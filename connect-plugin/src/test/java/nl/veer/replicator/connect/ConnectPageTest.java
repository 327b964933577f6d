package nl.veer.replicator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** Holds the page about Kafka Connect to the connector. */
class ConnectPageTest {
  private static final Path PAGE = Path.of("..", "docs", "connect.md");

  @Test
  void itsExampleIsASoundConfiguration() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```json") + "```json".length();
    Map<String, String> example =
        new ObjectMapper()
            .readValue(page.substring(begin, page.indexOf("```", begin)), new TypeReference<>() {});
    List<ConfigValue> values = new VeerSinkConnector().validate(example).configValues();
    assertThat(values).allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
  }

  @Test
  void everySettingAndEveryFigureIsOnIt() throws IOException {
    List<String> names = new ArrayList<>(SinkSettings.DEFINITION.names());
    for (Method figure : ReplicatorMXBean.class.getMethods()) {
      names.add(figure.getName().substring("get".length()));
    }
    String page = Files.readString(PAGE);
    assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }
}
