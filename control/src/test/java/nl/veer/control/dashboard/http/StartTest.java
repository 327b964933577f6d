package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.DashboardConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the server listens. */
class StartTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  @Test
  void aPortThatIsTakenIsSaidWithWhatToDo() {
    try (Served first = Served.open()) {
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> Served.with(DashboardConfig.at(first.port)).close());
      assertThat(failure.code()).isEqualTo("DASHBOARD_PORT");
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure.getMessage()).contains("port " + first.port, "dashboard.port");
    }
  }

  @Test
  void theOpenServerIsOnThisMachinesOwnAddressOnly() throws Exception {
    try (Served served = Served.open()) {
      assertThat(served.server.uri().getHost()).isEqualTo("127.0.0.1");
      try (Socket own = new Socket(InetAddress.getLoopbackAddress(), served.port)) {
        assertThat(own.isConnected()).isTrue();
      }
    }
  }

  @Test
  void itServesOverTlsWithACertificateInPem() throws Exception {
    KeyStore store = selfSigned();
    Path certificate = directory.resolve("cert.pem");
    Path key = directory.resolve("key.pem");
    Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate("veer").getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", store.getKey("veer", PASSWORD.toCharArray()).getEncoded()));
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build();
    try (Served served = Served.with(over("127.0.0.1", certificate, key))) {
      URI uri = served.server.uri();
      assertThat(uri.getScheme()).isEqualTo("https");
      assertThat(waves(client, uri)).isEqualTo(200);
    }
    try (Served served = Served.with(over("0.0.0.0", certificate, key))) {
      URI uri = served.server.uri();
      assertThat(waves(client, uri)).as("by the address that is told: %s", uri).isEqualTo(200);
      assertThat(waves(client, URI.create("https://localhost:" + served.port + "/")))
          .as("by a name that is not configured")
          .isEqualTo(421);
    }
    assertRefused(certificate, key, "no key");
    assertRefused(
        certificate,
        key,
        "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49A\n-----END PRIVATE KEY-----\n");
    for (String algorithm : List.of("EC", "RSA")) {
      PrivateKey another = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
      assertRefused(certificate, key, pem("PRIVATE KEY", another.getEncoded()));
    }
  }

  private static void assertRefused(Path certificate, Path key, String text) throws Exception {
    Files.writeString(key, text);
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> Served.with(over("127.0.0.1", certificate, key)).close());
    assertThat(failure.code()).isEqualTo("DASHBOARD_TLS");
    assertThat(failure.getMessage()).contains("key.pem", "dashboard.tls-key");
  }

  private static int waves(HttpClient client, URI uri) throws Exception {
    HttpRequest waves =
        HttpRequest.newBuilder(uri.resolve("/api/v1/waves"))
            .header("Authorization", "Bearer " + Served.VIEWER)
            .build();
    return client.send(waves, BodyHandlers.ofString()).statusCode();
  }

  private static DashboardConfig over(String address, Path certificate, Path key) {
    return new DashboardConfig(
        address,
        0,
        List.of(),
        certificate,
        key,
        Served.closed().tokens(),
        null,
        Duration.ofHours(1),
        Duration.ofMinutes(30),
        true,
        false);
  }

  /** By the JDK's own tool. */
  private KeyStore selfSigned() throws Exception {
    Path file = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "veer",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=IP:127.0.0.1,DNS:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }

  private static SSLContext trusting(KeyStore store) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("veer", store.getCertificate("veer"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
