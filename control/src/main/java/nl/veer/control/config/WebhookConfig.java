package nl.veer.control.config;

import java.net.URI;
import java.net.URISyntaxException;
import nl.veer.connectors.dialect.Secret;
import org.jspecify.annotations.Nullable;

/** Where messages are posted over HTTP. */
public record WebhookConfig(
    @Setting(
            "Its address, as `${env:NAME}` or `${file:PATH}`: who has a chat's webhook can write"
                + " there.")
        Secret url,
    @Setting(
            value = "What is posted: Veer's own JSON, or what Slack and Mattermost take.",
            byDefault = "json")
        WebhookForm form,
    @Setting(
            value =
                "Sent as a bearer token, as `${env:NAME}` or `${file:PATH}`. It goes over https"
                    + " only, but to this machine itself.",
            optional = true)
        @Nullable Secret token) {

  public WebhookConfig {
    if (!isHttp(url.reveal())) {
      throw new IllegalArgumentException("url: must begin with https:// or http:// and be valid");
    }
    if (token != null && !PrivateWay.isOne(URI.create(url.reveal()))) {
      throw new IllegalArgumentException(
          "token: is not sent in plain text: url must begin with https://");
    }
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
