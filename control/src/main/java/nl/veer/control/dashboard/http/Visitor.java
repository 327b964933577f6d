package nl.veer.control.dashboard.http;

import java.time.Instant;
import java.util.Optional;
import nl.veer.control.config.DashboardRole;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name as the configuration calls the token
 * @param until when that ends by itself; null if it does not
 * @param csrf what a page of ours knows and one from elsewhere does not; null if the request holds
 *     something itself that no foreign page has
 */
record Visitor(
    String name, DashboardRole role, Means means, @Nullable Instant until, @Nullable String csrf) {

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
    return new Visitor("local", DashboardRole.OPERATOR, Means.PLACE, null, csrf);
  }

  /** Who has a token. */
  static Visitor of(String name, DashboardRole role) {
    return new Visitor(name, role, Means.TOKEN, null, null);
  }

  /** The same one, from now on known by a session. */
  Visitor inSession(Instant end, String secret) {
    return new Visitor(name, role, Means.SESSION, end, secret);
  }

  /** Empty for whoever is just here. */
  Optional<String> knownName() {
    return means == Means.PLACE ? Optional.empty() : Optional.of(name);
  }
}
