package nl.veer.control.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the dashboard listens, and who may look at it. */
public record DashboardConfig(
    @Setting(
            value =
                "IP address that it listens on. Any but this machine's own (`127.0.0.1`, `::1`)"
                    + " needs `tls-cert`, `tls-key`, and `tokens` or `oidc`.",
            byDefault = "127.0.0.1")
        String address,
    @Setting(value = "Its port.", byDefault = "8420", min = 0, max = 65_535) int port,
    @Setting(
            value =
                "Names, beside the address, by which browsers reach it. A request for another name"
                    + " is refused, so that no foreign page can read it under a name of its own.",
            byDefault = "[]")
        List<String> names,
    @Setting(
            value = "PEM file with the certificate that it shows, its issuers behind it.",
            optional = true)
        @Nullable Path tlsCert,
    @Setting(
            value = "PEM file with that certificate's key: PKCS #8, without a password.",
            optional = true)
        @Nullable Path tlsKey,
    @Setting(
            value =
                "Who may look. Without any, and without `oidc`, everybody may who reaches this"
                    + " machine's own address.",
            byDefault = "[]")
        List<DashboardTokenConfig> tokens,
    @Setting(value = "Who else may look, by tokens of another server.", optional = true)
        @Nullable OidcConfig oidc,
    @Setting(
            value = "A browser that gave a token is asked for it again after this time.",
            byDefault = "8h",
            min = 1_000)
        Duration session,
    @Setting(
            value =
                "It is also asked for it again when it has asked nothing for so long; a page that"
                    + " is open asks.",
            byDefault = "1h",
            min = 1_000)
        Duration sessionIdle,
    @Setting(
            value =
                "Whether operators may have things done over it: scan, rehearse, cut over, abort,"
                    + " fall back. With `false` it is for looking only.",
            byDefault = "true")
        boolean commands,
    @Setting(
            value =
                "Whether a cutover or a fallback that is asked for over it waits for the yes of a"
                    + " second person, who has the role approver.",
            byDefault = "false")
        boolean approval) {
  private static final Duration SESSION = Duration.ofHours(8);
  private static final Duration IDLE = Duration.ofHours(1);
  private static final int PORT = 8420;

  /** With these characters only, nothing is looked up by name. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  public DashboardConfig {
    names = List.copyOf(names);
    tokens = List.copyOf(tokens);
    InetAddress parsed = parse(address);
    if ((tlsCert == null) != (tlsKey == null)) {
      throw new IllegalArgumentException(
          tlsCert == null ? "tls-key: needs tls-cert beside it" : "tls-cert: needs tls-key");
    }
    if (!isSafe(parsed, tlsCert, tokens, oidc)) {
      throw new IllegalArgumentException(
          "address: others reach %s, so it needs tls-cert, tls-key, and tokens or oidc; or leave it"
                  .formatted(address)
              + " out, and come over ssh -L %d:127.0.0.1:%d".formatted(port, port));
    }
    if (approval && !hasApprover(tokens, oidc)) {
      throw new IllegalArgumentException(
          "approval: needs somebody who can say yes: a token with the role approver, or"
              + " oidc.roles.approver");
    }
    if (tokens.stream().map(DashboardTokenConfig::name).distinct().count() < tokens.size()) {
      throw new IllegalArgumentException("tokens: two have the same name");
    }
  }

  /** The defaults. */
  public static DashboardConfig standard() {
    return at(PORT);
  }

  /** On this machine's own address, for everybody here; 0 for any free port. */
  public static DashboardConfig at(int port) {
    return new DashboardConfig(
        "127.0.0.1", port, List.of(), null, null, List.of(), null, SESSION, IDLE, true, false);
  }

  private static boolean isSafe(
      InetAddress address,
      @Nullable Path tlsCert,
      List<DashboardTokenConfig> tokens,
      @Nullable OidcConfig oidc) {
    return address.isLoopbackAddress() || (tlsCert != null && !(tokens.isEmpty() && oidc == null));
  }

  /** Whether nobody reaches that address who may not look. */
  boolean mayListenAt(ListenAddress at) {
    return isSafe(parse(at.address()), tlsCert, tokens, oidc);
  }

  /**
   * The same at another address, with the same names, certificate and tokens.
   *
   * @throws IllegalArgumentException if others reach that, and this has no TLS or no tokens
   */
  public DashboardConfig listeningAt(ListenAddress at) {
    return new DashboardConfig(
        at.address(),
        at.port(),
        names,
        tlsCert,
        tlsKey,
        tokens,
        oidc,
        session,
        sessionIdle,
        commands,
        approval);
  }

  /** The address, parsed. */
  public InetAddress inetAddress() {
    return parse(address);
  }

  /** Whether it is reached over TLS. */
  public boolean isTls() {
    return tlsCert != null;
  }

  /** Whether nobody may look who is not known. */
  public boolean needsLogin() {
    return !tokens.isEmpty() || oidc != null;
  }

  private static boolean hasApprover(List<DashboardTokenConfig> tokens, @Nullable OidcConfig oidc) {
    return tokens.stream().anyMatch(one -> one.role() == DashboardRole.APPROVER)
        || oidc != null && !oidc.roles().approver().isEmpty();
  }

  static InetAddress parse(String address) {
    try {
      if (LITERAL.matcher(address).matches()) {
        return InetAddress.getByName(address);
      }
    } catch (UnknownHostException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "address: '%s' is no IP address, as 127.0.0.1 or ::1 is".formatted(address));
  }
}
