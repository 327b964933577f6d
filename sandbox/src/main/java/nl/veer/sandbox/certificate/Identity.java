package nl.veer.sandbox.certificate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import nl.veer.sandbox.process.SandboxFailure;

/** A key with its certificate, and who issued that; in the forms that servers and clients read. */
public record Identity(PrivateKey key, X509Certificate certificate, X509Certificate issuer) {
  private static final int LINE = 64;

  /** The certificate alone. */
  public String certificatePem() {
    return pem(certificate);
  }

  /** The key alone: PKCS #8, not encrypted. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** A certificate in PEM, for whoever shall trust it. */
  public static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new SandboxFailure("Not a certificate: " + e, e);
    }
  }

  /** A PKCS #12 store with key and certificates, both under the password. */
  public byte[] pkcs12(String password) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, password);
    return out.toByteArray();
  }

  private void write(OutputStream out, String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      // The one name under which PgJDBC looks a key up.
      store.setKeyEntry(
          "user", key, password.toCharArray(), new X509Certificate[] {certificate, issuer});
      store.store(out, password.toCharArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new SandboxFailure("Cannot make a key store: " + e, e);
    }
  }

  private static String pem(String what, byte[] bytes) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }
}
