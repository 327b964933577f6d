package nl.veer.control.dashboard.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;

/**
 * Which keys may have signed what. An algorithm has one kind of key, and no secret is a key here: a
 * public key must never be taken for one (RFC 8725, 2.1). Pure.
 */
final class KeyFit {
  /** Shorter ones can be broken. */
  private static final int SHORTEST_RSA = 2_048;

  /** Longer ones cost too much to try. */
  private static final int LONGEST_RSA = 8_192;

  private KeyFit() {}

  /** Whether tokens signed this way are taken at all. */
  static boolean isTaken(JWSAlgorithm algorithm) {
    return algorithm.equals(JWSAlgorithm.RS256)
        || algorithm.equals(JWSAlgorithm.PS256)
        || algorithm.equals(JWSAlgorithm.ES256)
        || isEdwards(algorithm);
  }

  /** By its old name and its new one (RFC 9864). */
  static boolean isEdwards(JWSAlgorithm algorithm) {
    return algorithm.equals(JWSAlgorithm.EdDSA) || algorithm.equals(JWSAlgorithm.Ed25519);
  }

  /** Whether it is a key that can sign anything that is taken. */
  static boolean isUsable(JWK key) {
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return false;
    }
    if (key instanceof RSAKey rsa) {
      return rsa.size() >= SHORTEST_RSA && rsa.size() <= LONGEST_RSA;
    }
    return key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256)
        || key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519);
  }

  /** Whether a token with this header may be signed with it. */
  static boolean fits(JWSHeader header, JWK key) {
    JWSAlgorithm algorithm = header.getAlgorithm();
    if (header.getKeyID() != null && !header.getKeyID().equals(key.getKeyID())) {
      return false;
    }
    if (key.getAlgorithm() != null && !isSame(algorithm, key.getAlgorithm().getName())) {
      return false;
    }
    if (isEdwards(algorithm)) {
      return key instanceof OctetKeyPair;
    }
    return algorithm.equals(JWSAlgorithm.ES256) ? key instanceof ECKey : key instanceof RSAKey;
  }

  private static boolean isSame(JWSAlgorithm algorithm, String keys) {
    return algorithm.getName().equals(keys)
        || isEdwards(algorithm) && isEdwards(new JWSAlgorithm(keys));
  }
}
