package nl.veer.connectors.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsRefusalTest {

  @Test
  void theInnermostReasonIsTold() {
    Throwable cause = new CertificateExpiredException("NotAfter: yesterday");
    Throwable handshake = new SSLHandshakeException("PKIX path validation failed").initCause(cause);

    assertThat(TlsRefusal.reason(new IOException("broken", handshake)))
        .contains("NotAfter: yesterday");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown_ca", "certificate_required", "certificate_expired"})
  void anAlertAboutCertificatesLasts(String alert) {
    assertThat(TlsRefusal.reason(new SSLException("Received fatal alert: " + alert)).orElseThrow())
        .contains(alert);
  }

  @Test
  void whatMerelyBreaksPasses() {
    assertThat(TlsRefusal.reason(new SSLException("Received fatal alert: internal_error")))
        .isEmpty();
    assertThat(
            TlsRefusal.reason(
                new SSLHandshakeException("Remote host terminated the handshake")
                    .initCause(new EOFException("SSL peer shut down incorrectly"))))
        .isEmpty();
    assertThat(TlsRefusal.reason(new IOException("Connection reset"))).isEmpty();
  }

  @Test
  void aLoginThatFailsIsNoMatterOfTls() {
    Throwable login =
        new LoginException("KDC has no such user").initCause(new FileNotFoundException("/none"));
    assertThat(TlsRefusal.reason(new IOException("broken", login))).isEmpty();
  }

  @Test
  void aFileLastsOnlyIfItIsMissingOrMayNotBeRead(@TempDir Path directory) throws IOException {
    Path key = Files.createFile(directory.resolve("key (old).pem"));
    assertThat(TlsRefusal.reason(new FileNotFoundException(key + " (Too many open files)")))
        .isEmpty();
    assertThat(TlsRefusal.reason(new FileSystemException("key", null, "Too many open files")))
        .isEmpty();
    assertThat(TlsRefusal.reason(new FileNotFoundException(key + "x (No such file)"))).isPresent();
    assertThat(TlsRefusal.reason(new NoSuchFileException("key"))).isPresent();
    assertThat(TlsRefusal.reason(new AccessDeniedException("key"))).isPresent();
  }
}
