package nl.veer.control.dashboard.http;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.command.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name for people: as the configuration calls the token, or as the issuer names its holder
 * @param person the same for the same person, and for nobody else, whatever they are called
 * @param until when that ends by itself; null if it does not
 * @param csrf what a page of ours knows and one from elsewhere does not; null if the request holds
 *     something itself that no foreign page has
 */
record Visitor(
    String name,
    String person,
    DashboardRole role,
    Means means,
    @Nullable Instant until,
    @Nullable String csrf) {

  /** By what we know. */
  enum Means {
    /** On this machine's own address, where no tokens are configured. */
    PLACE,
    /** A token in the request itself. */
    TOKEN,
    /** A session that a browser has. */
    SESSION
  }

  /**
   * Whoever reaches this machine's own address, where no tokens are configured. There is nobody to
   * tell apart: such a one may what an operator may. To say yes to what another wants takes a name.
   */
  static Visitor here(String csrf) {
    return new Visitor("local", "local", DashboardRole.OPERATOR, Means.PLACE, null, csrf);
  }

  /** Who has a configured token. */
  static Visitor of(String name, DashboardRole role) {
    return new Visitor(name, "token " + name, role, Means.TOKEN, null, null);
  }

  /** Who has a token of an issuer, under whose name for them. */
  static Visitor of(String name, String subject, DashboardRole role, Instant until) {
    return new Visitor(name, "subject " + subject, role, Means.TOKEN, until, null);
  }

  /** The same one, from now on known by a session. */
  Visitor inSession(Instant end, String secret) {
    return new Visitor(name, person, role, Means.SESSION, end, secret);
  }

  /**
   * @throws Denied if this one may not do what needs this role
   */
  void require(DashboardRole needed) {
    if (!role.covers(needed)) {
      throw new Denied(
          403,
          "ROLE",
          "This needs the role %s; %s has %s.".formatted(word(needed), name, word(role)));
    }
  }

  private static String word(DashboardRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** Who asks, for whoever does what they ask. */
  Caller caller() {
    return new Caller(name, person, role);
  }

  /** Empty for whoever is just here. */
  Optional<String> knownName() {
    return means == Means.PLACE ? Optional.empty() : Optional.of(name);
  }
}
