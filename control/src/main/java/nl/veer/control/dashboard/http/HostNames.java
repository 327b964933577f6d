package nl.veer.control.dashboard.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import nl.veer.control.config.DashboardConfig;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * The names by which the dashboard is reached. A page from elsewhere can have its own name lead to
 * this machine's address (DNS rebinding), and would then read everything here; but its requests
 * carry its own name. The port does not matter: it may be forwarded.
 */
final class HostNames {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");

  private final Set<String> names = new TreeSet<>();

  /** Whether it listens on all addresses: each is its own, and none is a name that leads here. */
  private final boolean anyAddress;

  HostNames(DashboardConfig config) {
    InetAddress address = config.inetAddress();
    anyAddress = address.isAnyLocalAddress();
    add(config.address());
    add(address.getHostAddress());
    if (address.isLoopbackAddress()) {
      add("localhost");
      add("127.0.0.1");
      add("::1");
    }
    config.names().forEach(this::add);
  }

  private void add(String name) {
    names.add(plain(name));
  }

  /** However an address of version 6 is written: in brackets, shortened or not. */
  private static String plain(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    String lower = bare.toLowerCase(Locale.ROOT);
    return lower.equals("0:0:0:0:0:0:0:1") ? "::1" : lower;
  }

  /**
   * @throws Denied if the request is for another name, or says none
   */
  void check(Request request) {
    if (!isKnown(request.getHeaders().get(HttpHeader.HOST))
        || !isKnown(request.getHttpURI().getAuthority())) {
      throw new Denied(
          421,
          "HOST",
          "The dashboard is not known by this name. Names that it shall be known by are listed in"
              + " dashboard.names of the configuration.");
    }
  }

  private boolean isKnownHost(String host) {
    return names.contains(host) || anyAddress && ADDRESS.matcher(host).matches();
  }

  private boolean isKnown(@Nullable String authority) {
    if (authority == null || authority.isEmpty()) {
      return false;
    }
    try {
      String host = new HostPort(authority).getHost();
      return host != null && isKnownHost(plain(host));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
