package nl.veer.sandbox.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JDK, which reads certificates strictly, agrees with what was made. */
class AuthorityTest {
  private final Authority authority = new Authority("Right");

  @Test
  void itsCertificatesAreSignedByItAndNameTheirHosts() throws Exception {
    X509Certificate server = authority.issue("server", Authority.HERE).certificate();

    server.checkValidity();
    server.verify(authority.certificate().getPublicKey());
    assertThat(authority.certificate().getBasicConstraints()).isNotNegative();
    assertThat(server.getBasicConstraints()).isNegative();
    assertThat(server.getSubjectX500Principal().getName()).isEqualTo("CN=server");
    assertThat(server.getSubjectAlternativeNames())
        .containsExactly(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
  }

  @Test
  void aLongLivedOneIssuesWhatIsValidAsLong() throws Exception {
    Authority longLived = new Authority("Long", Duration.ofDays(100));
    Date later = Date.from(Instant.now().plus(Duration.ofDays(99)));

    longLived.certificate().checkValidity(later);
    longLived.issue("server", List.of()).certificate().checkValidity(later);
    assertThatThrownBy(
            () -> authority.issue("server", List.of()).certificate().checkValidity(later))
        .isInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void wrongOnesAreWrongInOneWayOnly() throws Exception {
    X509Certificate expired = authority.issueExpired("server", Authority.HERE).certificate();
    X509Certificate strange = new Authority("Wrong").issue("server", List.of()).certificate();

    expired.verify(authority.certificate().getPublicKey());
    assertThatThrownBy(expired::checkValidity).isInstanceOf(CertificateExpiredException.class);
    strange.checkValidity();
    assertThatThrownBy(() -> strange.verify(authority.certificate().getPublicKey()))
        .isInstanceOf(java.security.SignatureException.class);
  }

  @Test
  void bothFormsHoldTheSame() throws Exception {
    Identity client = authority.issue("veer", List.of());

    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(client.pkcs12("pw")), "pw".toCharArray());
    byte[] pem = client.certificatePem().getBytes(StandardCharsets.US_ASCII);

    assertThat(store.getCertificateChain("user"))
        .containsExactly(client.certificate(), authority.certificate());
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem)))
        .isEqualTo(client.certificate());
  }
}
