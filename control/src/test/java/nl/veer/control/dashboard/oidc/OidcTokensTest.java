package nl.veer.control.dashboard.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.config.OidcConfig;
import nl.veer.control.config.OidcRolesConfig;
import nl.veer.control.dashboard.HandClock;
import nl.veer.control.dashboard.oidc.TokenOutcome.Holder;
import nl.veer.control.dashboard.oidc.TokenOutcome.NoRole;
import nl.veer.control.dashboard.oidc.TokenOutcome.Refused;
import org.junit.jupiter.api.Test;

/** What a token is worth. */
class OidcTokensTest {
  private static final SigningKey RSA = SigningKey.rsa("r", "RS256", 2_048);
  private static final SigningKey PSS = new SigningKey("r", "PS256", RSA.pair());
  private static final SigningKey EC = SigningKey.ec("e");
  private static final SigningKey EDWARDS = SigningKey.edwards("d");
  private static final String ISSUER = "https://login.example.org/realms/shop";

  private final HandClock clock = new HandClock();
  private final OidcConfig config = config("preferred_username", "realm_access.roles");
  private final OidcTokens tokens = tokens(config, RSA, EC, EDWARDS);

  @Test
  void aTokenOfTheIssuerIsTakenHoweverItIsSigned() {
    SigningKey renamed = new SigningKey("d", "Ed25519", EDWARDS.pair());
    for (SigningKey key : List.of(RSA, PSS, EC, EDWARDS, renamed)) {
      assertThat(judge(key.token(claims())))
          .as(key.algorithm())
          .isEqualTo(
              new Holder("olga", "7f3a", DashboardRole.OPERATOR, clock.instant().plusSeconds(300)));
    }
    Map<String, Object> plain = EC.header();
    plain.remove("kid");
    plain.remove("typ");
    assertThat(judge(EC.token(plain, claims()))).isInstanceOf(Holder.class);
    assertThat(judge(EC.token(with("aud", List.of("other", "veer"))))).isInstanceOf(Holder.class);
  }

  @Test
  void aTokenThatIsNotTheIssuersIsRefused() throws Exception {
    SigningKey foreign = SigningKey.ec("e");
    Map<String, String> forged = new LinkedHashMap<>();
    forged.put("by another key of the same name", foreign.token(claims()));
    forged.put("by a key that it brings along", foreign.token(bringing(foreign), claims()));
    forged.put("by nobody", unsigned(Map.of("alg", "none"), ""));
    forged.put("by nobody, as if by somebody", unsigned(EC.header(), ""));
    forged.put("by zeroes", unsigned(EC.header(), SigningKey.base64(new byte[64])));
    forged.put("with the public key as a secret", byPublicKey());
    forged.put("in another way than the key is for", RSA.token(EC.header(), claims()));
    forged.put(
        "in a way that is not taken", new SigningKey("r", "RS512", RSA.pair()).token(claims()));
    forged.put("under an unknown key's name", EC.token(header(EC, "kid", "x"), claims()));
    forged.put("as what must be understood", EC.token(critical(EC), claims()));
    forged.put("as what must be understood too", EDWARDS.token(critical(EDWARDS), claims()));
    forged.put("for a log-out", EC.token(header(EC, "typ", "logout+jwt"), claims()));
    forged.put("and changed since", changed(EC.token(claims())));
    forged.put("and too long", EC.token(with("more", "x".repeat(13_000))));
    forged.put("of nothing", "..");
    forged.put("of noise", "a.b.c");
    forged.put("of too deep a header", deep());
    forged.forEach(
        (how, token) ->
            assertThat(judge(token))
                .as("signed %s", how)
                .isInstanceOfSatisfying(
                    Refused.class, refused -> assertThat(refused.signed()).isFalse()));
  }

  @Test
  void aTokenOfTheIssuerForOthersOrForAnotherTimeIsRefused() {
    Map<String, Map<String, Object>> wrong = new LinkedHashMap<>();
    wrong.put("(iss)", with("iss", ISSUER + "/"));
    wrong.put("(iss) ", with("iss", null));
    wrong.put("(aud)", with("aud", "veer2"));
    wrong.put("(aud) ", with("aud", List.of("VEER")));
    wrong.put("(aud)  ", with("aud", null));
    wrong.put("(sub)", with("sub", null));
    wrong.put("(exp)", with("exp", null));
    wrong.put("(exp) ", with("exp", seconds(-30)));
    wrong.put("(nbf, iat)", with("nbf", seconds(31)));
    wrong.put("(nbf, iat) ", with("iat", seconds(31)));
    wrong.forEach(
        (words, claims) ->
            assertThat(judge(EC.token(claims)))
                .as("%s: %s", words, claims)
                .isInstanceOfSatisfying(
                    Refused.class,
                    refused -> {
                      assertThat(refused.words()).contains(words.strip());
                      assertThat(refused.signed()).isTrue();
                    }));
    for (Map<String, Object> near :
        List.of(with("exp", seconds(-29)), with("nbf", seconds(30)), with("iat", seconds(30)))) {
      assertThat(judge(EC.token(near))).as("clocks differ: %s", near).isInstanceOf(Holder.class);
    }
    String token = EC.token(claims());
    clock.putOn(Duration.ofSeconds(329));
    assertThat(judge(token)).isInstanceOf(Holder.class);
    clock.putOn(Duration.ofSeconds(1));
    assertThat(judge(token)).isInstanceOf(Refused.class);
  }

  @Test
  void theHighestRoleCountsAndNoneIsNone() {
    assertThat(role(Map.of("roles", List.of("staff", "lead", "dba"))))
        .isEqualTo(DashboardRole.APPROVER);
    assertThat(role(Map.of("roles", "staff"))).isEqualTo(DashboardRole.VIEWER);
    for (Object none :
        List.of(
            Map.of("roles", List.of("guest", "STAFF", "staff dba")),
            Map.of("roles", List.of(7, Map.of("staff", "staff"))),
            Map.of("roles", Map.of("staff", true)),
            Map.of("role", List.of("staff")),
            List.of("staff"),
            "staff")) {
      assertThat(judge(EC.token(with("realm_access", none))))
          .as("%s", none)
          .isEqualTo(new NoRole("olga"));
    }
    OidcTokens dotted = tokens(config("name", "https://example.org/roles"), EC);
    assertThat(dotted.judge(EC.token(with("https://example.org/roles", List.of("dba")))))
        .as("a name that holds dots itself")
        .isInstanceOf(Holder.class);
  }

  @Test
  void whoeverHasNoNameThatCanBeShownHasTheIssuersOwn() {
    for (String hidden : List.of(" ", "a\u0000b", "a\u202egnp", "a\nb", "x".repeat(101))) {
      assertThat(((Holder) judge(EC.token(with("preferred_username", hidden)))).name())
          .isEqualTo("7f3a");
    }
    assertThat(((Holder) judge(EC.token(with("preferred_username", null)))).name())
        .isEqualTo("7f3a");
    assertThat(judge(EC.token(with("sub", "a\nb")))).isInstanceOf(Refused.class);
  }

  @Test
  void aKeyThatIsTooShortOrForAnotherUseIsNone() {
    SigningKey small = SigningKey.rsa("s", "RS256", 1_024);
    assertThat(tokens(config, small, EC).judge(small.token(claims()))).isInstanceOf(Refused.class);
    Map<String, Object> encrypting = EC.jwk();
    encrypting.put("use", "enc");
    assertThat(KeyFit.isUsable(parsed(encrypting))).isFalse();
    assertThat(KeyFit.isUsable(parsed(EC.jwk()))).isTrue();
    assertThat(KeyFit.isUsable(parsed(Map.of("kty", "oct", "k", "c2VjcmV0")))).isFalse();
  }

  private TokenOutcome judge(String token) {
    return tokens.judge(token);
  }

  private DashboardRole role(Map<String, ?> access) {
    return ((Holder) judge(EC.token(with("realm_access", access)))).role();
  }

  private Map<String, Object> claims() {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", "veer");
    claims.put("sub", "7f3a");
    claims.put("preferred_username", "olga");
    claims.put("realm_access", Map.of("roles", List.of("dba")));
    claims.put("exp", seconds(300));
    return claims;
  }

  private Map<String, Object> with(String claim, @org.jspecify.annotations.Nullable Object value) {
    Map<String, Object> claims = claims();
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    return claims;
  }

  private long seconds(long fromNow) {
    Instant now = clock.instant();
    return now.getEpochSecond() + fromNow;
  }

  private String unsigned(Map<String, ?> header, String signature) {
    return SigningKey.part(header) + "." + SigningKey.part(claims()) + "." + signature;
  }

  /** The old trick: what everybody knows is taken for what nobody knows. */
  private String byPublicKey() throws Exception {
    String signed =
        SigningKey.part(Map.of("alg", "HS256", "kid", "r")) + "." + SigningKey.part(claims());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(RSA.pair().getPublic().getEncoded(), "HmacSHA256"));
    return signed
        + "."
        + SigningKey.base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Map<String, Object> header(SigningKey key, String name, Object value) {
    Map<String, Object> header = key.header();
    header.put(name, value);
    return header;
  }

  private static Map<String, Object> bringing(SigningKey key) {
    Map<String, Object> header = header(key, "jku", "https://evil.example.org/keys");
    header.put("jwk", key.jwk());
    return header;
  }

  private static Map<String, Object> critical(SigningKey key) {
    Map<String, Object> header = header(key, "crit", List.of("newer"));
    header.put("newer", "1");
    return header;
  }

  private String changed(String token) {
    String[] parts = token.split("\\.", -1);
    Map<String, Object> claims = with("realm_access", Map.of("roles", List.of("lead")));
    return parts[0] + "." + SigningKey.part(claims) + "." + parts[2];
  }

  private static String deep() {
    String header = "{\"alg\":\"ES256\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    return SigningKey.base64(header.getBytes(StandardCharsets.US_ASCII)) + ".e30.AA";
  }

  private static OidcConfig config(String nameClaim, String roleClaim) {
    return new OidcConfig(
        ISSUER,
        "veer",
        null,
        nameClaim,
        roleClaim,
        new OidcRolesConfig(List.of("staff"), List.of("dba"), List.of("lead")));
  }

  private OidcTokens tokens(OidcConfig config, SigningKey... keys) {
    List<JWK> usable =
        Arrays.stream(keys).map(key -> parsed(key.jwk())).filter(KeyFit::isUsable).toList();
    OidcTokens made =
        new OidcTokens(config, () -> CompletableFuture.completedFuture(usable), clock);
    made.ready(EC.token(claims())).join();
    return made;
  }

  private static JWK parsed(Map<String, Object> jwk) {
    try {
      return JWKSet.parse(SigningKey.json(Map.of("keys", List.of(jwk)))).getKeys().get(0);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
