package nl.veer.control.dashboard.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.control.dashboard.api.ErrorBody;
import nl.veer.control.dashboard.route.Parameter;
import nl.veer.control.dashboard.route.Route;

/** Writes the OpenAPI document (3.1) of a table of routes. Pure. */
public final class OpenApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String ABOUT =
      """
      How far a migration is, what is proven of it, and what is in its way; and commands. What is \
      asked for with GET changes nothing, except that a look at the gate sends a marker through, \
      as veer gate does, and that the first certificate makes the key that it is signed with, as \
      veer report does. What is done with POST needs the role that stands beside it, and from a \
      browser the header X-Veer-Csrf; who asked and what came of it is in the audit log. What is \
      null is not known. Positions are text, and only the server compares them. A row is named by \
      the digest of its key; its values are in one answer only, which an operator asks for with \
      POST. Where tokens are configured, each request needs one, as a bearer token or by the \
      session that a browser has.""";

  /** What each route may answer besides, and why. */
  private static final Map<String, String> ERRORS = errors();

  /** The same of what is done with POST. */
  private static final Map<String, String> ACTION_ERRORS =
      Map.of(
          "409", "Not now: something else is under way, or waits.",
          "411", "The body's length is not said.",
          "413", "The body is too large.",
          "415", "The body is not application/json.");

  private OpenApi() {}

  private static Map<String, String> errors() {
    Map<String, String> errors = new LinkedHashMap<>();
    errors.put("400", "The question is not put as it must be.");
    errors.put("401", "A token is needed, and there is none, or it is not known.");
    errors.put("403", "This one may not, or a page from elsewhere asks.");
    errors.put("404", "There is no such thing.");
    errors.put("429", "Too many requests came from this address; try again after a second.");
    errors.put("500", "It failed in a way that nobody foresaw; see the log file.");
    errors.put("503", "There is no answer now: a server is away or slow, or too much is asked.");
    return errors;
  }

  /** The document, as text with a line feed at its end. */
  public static String document(List<Route> routes) {
    try {
      return MAPPER.writeValueAsString(tree(routes)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode tree(List<Route> routes) {
    Schemas schemas = new Schemas();
    ObjectNode paths = JSON.objectNode();
    for (Route route : routes) {
      String method = route.isAction() ? "post" : "get";
      paths.putObject(route.path()).set(method, operation(route, schemas));
    }
    ObjectNode document = JSON.objectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Veer")
        .put("version", "1")
        .put("description", ABOUT)
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", "/");
    ArrayNode security = document.putArray("security");
    security.addObject();
    security.addObject().putArray("token");
    security.addObject().putArray("session");
    document.set("paths", paths);
    ObjectNode components = document.putObject("components");
    components.set("responses", responses(schemas));
    components.set("schemas", schemas.all());
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("token").put("type", "http").put("scheme", "bearer");
    schemes
        .putObject("session")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", "veer_session");
    return document;
  }

  private static ObjectNode operation(Route route, Schemas schemas) {
    ObjectNode operation = JSON.objectNode();
    operation.put("operationId", route.id());
    operation.put("summary", route.words());
    operation.put("x-role", route.role().name().toLowerCase(java.util.Locale.ROOT));
    ArrayNode parameters = JSON.arrayNode();
    route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    Map<String, String> errors = new TreeMap<>(ERRORS);
    String well = "200";
    if (route.content() instanceof Route.Action<?> action) {
      parameters.add(csrf());
      well = String.valueOf(action.status());
      errors.putAll(ACTION_ERRORS);
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    if (route.content() instanceof Route.Action<?> action) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      body.putObject("content")
          .putObject("application/json")
          .set("schema", schemas.request(action.request()));
    }
    ObjectNode responses = operation.putObject("responses");
    ObjectNode answer = responses.putObject(well).put("description", route.words());
    answer.set("content", content(route.content(), schemas));
    errors
        .keySet()
        .forEach(code -> responses.putObject(code).put("$ref", "#/components/responses/E" + code));
    return operation;
  }

  private static ObjectNode csrf() {
    ObjectNode header = JSON.objectNode();
    header.put("name", "X-Veer-Csrf").put("in", "header");
    header.put(
        "description", "What /session tells as csrf; whoever sends a bearer token needs none.");
    header.putObject("schema").put("type", "string");
    return header;
  }

  private static ObjectNode content(Route.Content content, Schemas schemas) {
    ObjectNode by = JSON.objectNode();
    if (content instanceof Route.Body body) {
      by.putObject("application/json").set("schema", schemas.reference(body.type()));
    } else if (content instanceof Route.Self self) {
      by.putObject("application/json").set("schema", schemas.reference(self.type()));
    } else if (content instanceof Route.Personal personal) {
      by.putObject("application/json").set("schema", schemas.reference(personal.type()));
    } else if (content instanceof Route.Action<?> action) {
      by.putObject("application/json").set("schema", schemas.reference(action.type()));
    } else if (content instanceof Route.File file) {
      by.putObject(file.mediaType());
    } else if (content instanceof Route.Events events) {
      ObjectNode schema = by.putObject("text/event-stream").putObject("schema");
      schema.put("type", "string");
      schema.put(
          "description",
          "Events named %s, whose data is JSON by x-data, and comments in between."
              .formatted(events.event()));
      schema.set("x-data", schemas.reference(events.type()));
    }
    return by;
  }

  private static ObjectNode parameter(Parameter parameter) {
    ObjectNode written = JSON.objectNode();
    written.put("name", parameter.name());
    written.put("in", parameter.inPath() ? "path" : "query");
    if (parameter.inPath()) {
      written.put("required", true);
    }
    written.put("description", parameter.words());
    ObjectNode schema = written.putObject("schema");
    String byDefault = parameter.byDefault();
    switch (parameter.kind()) {
      case TEXT -> {
        schema.put("type", "string");
        if (parameter.choices().isEmpty()) {
          schema.put("minLength", parameter.min()).put("maxLength", parameter.max());
        } else {
          ArrayNode choices = schema.putArray("enum");
          parameter.choices().forEach(choices::add);
        }
        if (byDefault != null) {
          schema.put("default", byDefault);
        }
      }
      case NUMBER -> {
        schema.put("type", "integer");
        schema.put("minimum", parameter.min()).put("maximum", parameter.max());
        if (byDefault != null) {
          schema.put("default", Long.parseLong(byDefault));
        }
      }
      case FLAG -> schema.put("type", "boolean").put("default", Boolean.parseBoolean(byDefault));
    }
    return written;
  }

  private static ObjectNode responses(Schemas schemas) {
    ObjectNode responses = JSON.objectNode();
    Map<String, String> all = new TreeMap<>(ERRORS);
    all.putAll(ACTION_ERRORS);
    all.forEach(
        (code, words) -> {
          ObjectNode response = responses.putObject("E" + code).put("description", words);
          response
              .putObject("content")
              .putObject("application/json")
              .set("schema", schemas.reference(ErrorBody.class));
        });
    return responses;
  }
}
