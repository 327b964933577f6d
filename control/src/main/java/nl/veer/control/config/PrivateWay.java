package nl.veer.control.config;

import java.net.URI;
import java.util.regex.Pattern;

/** Tells addresses on whose way nobody reads along, nor answers in another's place. Pure. */
public final class PrivateWay {
  /** As an address; a name may begin so and lead anywhere. */
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private PrivateWay() {}

  /** Whether it is one over https, or over http on this machine. */
  public static boolean isOne(URI uri) {
    String host = uri.getHost();
    return host != null
        && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && isHere(host));
  }

  private static boolean isHere(String host) {
    return host.equals("localhost") || host.equals("[::1]") || LOOPBACK.matcher(host).matches();
  }
}
