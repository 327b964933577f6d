package nl.veer.control.dashboard.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.veer.control.config.OidcConfig;
import nl.veer.control.config.PrivateWay;

/**
 * Reads the keys from the issuer over HTTP, bounded in time and size; redirects are not followed.
 * Where their place is not configured, the issuer's own document says it (OpenID Connect Discovery
 * 1.0, 4). Safe for use by several threads; none waits.
 */
final class IssuerSite implements KeySource {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A document has some kilobytes, and so have some dozen keys with their certificates. */
  private static final int LARGEST = 256 << 10;

  private static final int MOST_KEYS = 64;

  private final OidcConfig config;
  private final Duration patience;
  private final HttpClient client;
  private final ObjectMapper mapper = new ObjectMapper();

  IssuerSite(OidcConfig config) {
    this(config, PATIENCE);
  }

  /**
   * @param patience with each of two answers
   */
  IssuerSite(OidcConfig config, Duration patience) {
    this.config = config;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public CompletableFuture<List<JWK>> read() {
    String place = config.jwks();
    CompletableFuture<URI> uri =
        place == null
            ? get(document(config.issuer())).thenApply(this::place)
            : CompletableFuture.completedFuture(URI.create(place));
    return uri.thenCompose(this::get).thenApply(IssuerSite::keys);
  }

  private static URI document(String issuer) {
    String below = issuer.endsWith("/") ? issuer : issuer + "/";
    return URI.create(below + ".well-known/openid-configuration");
  }

  /** The document must be this issuer's: another's keys would let in another's people. */
  private URI place(byte[] document) {
    try {
      JsonNode said = mapper.readTree(document);
      if (!config.issuer().equals(said.path("issuer").asText())) {
        throw new IOException("the document is another issuer's; see dashboard.oidc.issuer");
      }
      URI place = URI.create(said.path("jwks_uri").asText());
      boolean local = !config.issuer().startsWith("https:");
      if (!PrivateWay.isOne(place) || !local && !"https".equals(place.getScheme())) {
        throw new IOException("the document's jwks_uri is not https");
      }
      return place;
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(new IOException("the document's jwks_uri is no address", e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JWK> keys(byte[] text) {
    try {
      List<JWK> usable =
          JWKSet.parse(new String(text, StandardCharsets.UTF_8)).getKeys().stream()
              .filter(KeyFit::isUsable)
              .map(JWK::toPublicJWK)
              .limit(MOST_KEYS)
              .toList();
      if (usable.isEmpty()) {
        throw new UncheckedIOException(
            new IOException("no key for RS256, PS256, ES256 or EdDSA is among the issuer's"));
      }
      return usable;
    } catch (ParseException e) {
      throw new UncheckedIOException(new IOException("the keys are no JWK set", e));
    }
  }

  private CompletableFuture<byte[]> get(URI uri) {
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(patience).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, head -> new LimitedBody(LARGEST));
    // The request's own patience is for the answer's head only.
    CompletableFuture<HttpResponse<byte[]>> bounded =
        sent.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    return bounded
        .whenComplete((answer, thrown) -> sent.cancel(true))
        .thenApply(answer -> body(uri, answer));
  }

  private static byte[] body(URI uri, HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      throw new UncheckedIOException(
          new IOException("%s answers with status %d".formatted(uri, answer.statusCode())));
    }
    return answer.body();
  }
}
