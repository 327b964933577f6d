package nl.veer.control.dashboard.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whom an address stands for where things are bounded by it. Of version 6 everybody has 2^64 at
 * hand, so that only the first half counts. Pure.
 */
final class Network {
  private static final int NETWORK_BYTES = 8;

  private Network() {}

  static String of(InetAddress address) {
    return address instanceof Inet6Address && !address.isLoopbackAddress()
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
        : address.getHostAddress();
  }

  /**
   * @param address as the server writes it: never a name, which would be looked up
   */
  static String of(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      return of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
