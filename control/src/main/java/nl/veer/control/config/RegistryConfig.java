package nl.veer.control.config;

import java.util.Map;
import java.util.regex.Pattern;
import nl.veer.connectors.log.RegistryEndpoint;

/** The schema registry; whatever speaks Confluent's REST API. */
public record RegistryConfig(
    @Setting(
            value = "Base URL of Confluent's REST API, for example `https://registry.example.org`.",
            startsWith = {"http://", "https://"})
        String url,
    @Setting(
            value =
                "Passed to the registry client as they are, for example"
                    + " `basic.auth.credentials.source`. Values may hold `${env:NAME}` and"
                    + " `${file:PATH}`.",
            byDefault = "{}")
        Map<String, String> properties) {

  /** In any of several addresses. */
  private static final Pattern USER = Pattern.compile("//[^/]*@");

  public RegistryConfig {
    properties = Map.copyOf(properties);
    if (USER.matcher(url).find()) {
      throw new IllegalArgumentException(
          "url: a user does not belong into it, for it is shown; write basic.auth.user.info under"
              + " properties");
    }
  }

  public RegistryEndpoint endpoint() {
    return new RegistryEndpoint(url, properties);
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "RegistryConfig[" + url + "]";
  }
}
