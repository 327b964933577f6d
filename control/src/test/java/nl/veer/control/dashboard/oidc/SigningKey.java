package nl.veer.control.dashboard.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A key of an issuer. It signs by the JDK and by hand: not by the library that is tested. */
public record SigningKey(String id, String algorithm, KeyPair pair) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static SigningKey rsa(String id, String algorithm, int bits) {
    return new SigningKey(id, algorithm, pair("RSA", bits));
  }

  public static SigningKey ec(String id) {
    return new SigningKey(id, "ES256", pair("EC", 0));
  }

  public static SigningKey edwards(String id) {
    return new SigningKey(id, "EdDSA", pair("Ed25519", 0));
  }

  private static KeyPair pair(String kind, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (bits > 0) {
        generator.initialize(bits);
      } else if (kind.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half, as an issuer tells it. */
  public Map<String, Object> jwk() {
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kid", id);
    jwk.put("use", "sig");
    Key key = pair.getPublic();
    if (key instanceof RSAPublicKey rsa) {
      jwk.put("kty", "RSA");
      jwk.put("n", base64(plain(rsa.getModulus(), rsa.getModulus().bitLength() / 8)));
      jwk.put("e", base64(plain(rsa.getPublicExponent(), 3)));
    } else if (key instanceof ECPublicKey ec) {
      jwk.put("kty", "EC");
      jwk.put("crv", "P-256");
      jwk.put("x", base64(plain(ec.getW().getAffineX(), 32)));
      jwk.put("y", base64(plain(ec.getW().getAffineY(), 32)));
    } else {
      byte[] encoded = key.getEncoded();
      jwk.put("kty", "OKP");
      jwk.put("crv", "Ed25519");
      jwk.put("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    }
    return jwk;
  }

  /** A token with these claims. */
  public String token(Map<String, ?> claims) {
    return token(header(), claims);
  }

  /** What stands in front of a token. */
  public Map<String, Object> header() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", algorithm);
    header.put("typ", "JWT");
    header.put("kid", id);
    return header;
  }

  /** A token with these claims, and a header that may say anything. */
  public String token(Map<String, ?> header, Map<String, ?> claims) {
    String signed = part(header) + "." + part(claims);
    return signed + "." + base64(signature(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private byte[] signature(byte[] bytes) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RS256" -> "SHA256withRSA";
                case "RS512" -> "SHA512withRSA";
                case "PS256" -> "RSASSA-PSS";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                default -> "Ed25519";
              });
      if (algorithm.equals("PS256")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A part of a token, or any JSON. */
  static String part(Map<String, ?> map) {
    return base64(json(map).getBytes(StandardCharsets.UTF_8));
  }

  static String json(Map<String, ?> map) {
    try {
      return JSON.writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] plain(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] plain = new byte[length];
    int taken = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - taken, plain, length - taken, taken);
    return plain;
  }
}
