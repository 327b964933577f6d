package nl.veer.control.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens, as the file writes it: {@code 127.0.0.1:8421} or {@code [::1]:8421}.
 *
 * @param address of this machine, without brackets
 * @param port 0 for any free one
 */
public record ListenAddress(String address, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:([0-9.]+)|\\[([0-9A-Fa-f:.]+)]):([0-9]{1,5})");

  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException if it is none
   */
  static ListenAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (parts.matches() && Integer.parseInt(parts.group(3)) <= HIGHEST_PORT) {
      String address = parts.group(1) == null ? parts.group(2) : parts.group(1);
      DashboardConfig.parse(address);
      return new ListenAddress(address, Integer.parseInt(parts.group(3)));
    }
    throw new IllegalArgumentException(
        "'%s' is no IP address and port, as 127.0.0.1:8421 or [::1]:8421 is".formatted(text));
  }
}
