package nl.veer.control.dashboard.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.control.dashboard.PlainDriver;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.command.CommandDesk;
import nl.veer.control.dashboard.command.CommandRules;
import nl.veer.control.dashboard.feed.Answers;
import nl.veer.control.dashboard.feed.GateFeed;
import nl.veer.control.dashboard.feed.StatusFeed;
import nl.veer.control.dashboard.route.Route;
import nl.veer.control.dashboard.route.Routes;
import nl.veer.control.dashboard.route.Sources;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final Path PAGE = Path.of("..", "docs", "openapi.json");

  /** Write it anew with {@code -Dveer.docs.write -Dtest=OpenApiTest}. */
  @Test
  void theKeptDocumentIsWhatTheRoutesSay() throws Exception {
    String document = OpenApi.document(routes());
    if (System.getProperty("veer.docs.write") != null) {
      Files.writeString(PAGE, document);
    }
    assertThat(PAGE).content(UTF_8).isEqualTo(document);
  }

  @Test
  void itNamesEachRouteOnceAndRefersToNothingThatIsNotThere() throws Exception {
    JsonNode document = new ObjectMapper().readTree(OpenApi.document(routes()));
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.path("paths").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(routes().stream().map(Route::path).toList());
    assertThat(document.path("paths").findValuesAsText("operationId")).doesNotHaveDuplicates();
    Set<String> references = new HashSet<>(document.findValuesAsText("$ref"));
    assertThat(references).hasSizeGreaterThan(20);
    for (String reference : references) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void whatIsDoneSaysWhatIsSentAndByWhom() throws Exception {
    JsonNode document = new ObjectMapper().readTree(OpenApi.document(routes()));
    JsonNode command = document.at("/paths/~1api~1v1~1waves~1{wave}~1commands");
    assertThat(command.has("get")).isFalse();
    assertThat(command.at("/post/x-role").asText()).isEqualTo("operator");
    assertThat(command.at("/post/responses").fieldNames()).toIterable().contains("202", "409");
    assertThat(command.at("/post/parameters").findValuesAsText("name")).contains("X-Veer-Csrf");
    assertThat(document.at("/components/schemas/CommandRequest/required").toString())
        .as("the rest may be left out")
        .isEqualTo("[\"command\"]");
    assertThat(document.at("/paths/~1api~1v1~1commands~1{id}~1approval/post/x-role").asText())
        .isEqualTo("approver");
  }

  private static List<Route> routes() {
    Clock clock = Clock.systemUTC();
    PlainView view = new PlainView();
    try (StatusFeed status = StatusFeed.start(PlainView.WAVES, view::status, clock);
        Answers answers = new Answers(clock)) {
      return Routes.of(
          new Sources(
              "shop",
              PlainView.WAVES,
              "1",
              view,
              status,
              new GateFeed(view::gates, clock, Duration.ZERO),
              answers,
              List.of(),
              new CommandDesk(
                  new CommandRules(true, false, Duration.ofSeconds(10)), new PlainDriver(), clock),
              clock));
    }
  }
}
