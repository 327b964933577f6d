package nl.veer.connectors.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final long HOURS = Duration.ofHours(5).toNanos();

  private final Outage outage = new Outage();

  @Test
  void oneLookThatFailsIsNone() {
    outage.missed(HOURS);
    assertThat(outage.isLasting(HOURS)).isFalse();
    assertThat(outage.isLasting(after(44))).isFalse();
  }

  @Test
  void countsFromTheFirstOfAnUnbrokenSeries() {
    outage.missed(HOURS);
    outage.missed(after(30));
    assertThat(outage.isLasting(after(45))).isTrue();
  }

  @Test
  void anyOtherLookBeginsTheCountAnew() {
    outage.missed(HOURS);
    outage.end();
    assertThat(outage.isLasting(after(60))).isFalse();
    outage.missed(after(61));
    assertThat(outage.isLasting(after(100))).isFalse();
    assertThat(outage.isLasting(after(106))).isTrue();
  }

  @Test
  void aServerThatRefusesIsThere() {
    Throwable expired = new CertificateExpiredException("yesterday");
    Throwable handshake = new SSLHandshakeException("PKIX").initCause(expired);
    assertThat(Outage.isUnreachable(new SQLException("SSL error", "08006", handshake))).isFalse();
    assertThat(Outage.isUnreachable(new SQLException("no SSL here", "08004"))).isFalse();
    assertThat(Outage.isUnreachable(new SQLException("wrong password", "28P01"))).isFalse();
    assertThat(Outage.isUnreachable(new SQLException("starting up", "57P03"))).isFalse();
  }

  @Test
  void aConnectionThatIsRefusedOrSilentIsUnreachable() {
    assertThat(Outage.isUnreachable(new SQLException("refused", "08001"))).isTrue();
    assertThat(
            Outage.isUnreachable(
                new SQLException("attempt failed", "08006", new IOException("timed out"))))
        .isTrue();
  }

  private static long after(int seconds) {
    return HOURS + Duration.ofSeconds(seconds).toNanos();
  }
}
