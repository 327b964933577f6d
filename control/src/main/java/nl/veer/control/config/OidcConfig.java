package nl.veer.control.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Who else may look: those to whom another server gives bearer tokens (OpenID Connect). */
public record OidcConfig(
    @Setting("Who signs them, exactly as the tokens say it (`iss`): https, or this machine itself.")
        String issuer,
    @Setting("Whom they must be for, exactly as the tokens say it (`aud`).") String audience,
    @Setting(
            value =
                "Where the issuer's public keys are; absent to find that out at"
                    + " `.well-known/openid-configuration` below the issuer.",
            optional = true)
        @Nullable String jwks,
    @Setting(
            value =
                "The claim that says the visitor's name; where it is not there, `sub` stands in.",
            byDefault = "preferred_username")
        String nameClaim,
    @Setting(
            value =
                "The claim that lists the visitor's roles; dots lead into it, as in"
                    + " `realm_access.roles`.",
            byDefault = "roles")
        String roleClaim,
    @Setting("What those roles are here; the highest one counts.") OidcRolesConfig roles) {

  public OidcConfig {
    requirePrivate("issuer", issuer);
    if (audience.isBlank()) {
      throw new IllegalArgumentException("audience: is empty; then any token would do");
    }
    if (jwks != null) {
      requirePrivate("jwks", jwks);
    }
    requireClaim("name-claim", nameClaim);
    requireClaim("role-claim", roleClaim);
  }

  private static void requirePrivate(String key, String text) {
    URI uri = uri(text);
    if (uri == null
        || !PrivateWay.isOne(uri)
        || uri.getUserInfo() != null
        || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          key + ": must be an address that begins with https://; http:// only on this machine");
    }
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static void requireClaim(String key, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(key + ": is empty");
    }
  }
}
