package nl.veer.control.dashboard.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Tells whether a key has signed a token. Pure. */
final class Signature {
  /** What stands before an Ed25519 key's 32 bytes where it is a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int ED25519_BYTES = 32;

  private Signature() {}

  static boolean isBy(JWK key, SignedJWT token) {
    try {
      if (key instanceof OctetKeyPair pair) {
        return isByEdwards(pair, token);
      }
      JWSVerifier verifier =
          key instanceof ECKey ec ? new ECDSAVerifier(ec) : new RSASSAVerifier((RSAKey) key);
      return token.verify(verifier);
    } catch (JOSEException | GeneralSecurityException e) {
      return false;
    }
  }

  /** By the JDK: the library would want another one for it. */
  private static boolean isByEdwards(OctetKeyPair pair, SignedJWT token)
      throws GeneralSecurityException {
    byte[] point = pair.getX().decode();
    if (point.length != ED25519_BYTES || token.getHeader().getCriticalParams() != null) {
      return false;
    }
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes(ED25519_HEAD);
    encoded.writeBytes(point);
    PublicKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
    java.security.Signature signature = java.security.Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(token.getSigningInput());
    return signature.verify(token.getSignature().decode());
  }
}
