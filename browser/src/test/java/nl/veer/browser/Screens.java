package nl.veer.browser;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A shop's screens, served while the tests of a class run, and the one browser of all classes. */
final class Screens implements BeforeAllCallback, AfterAllCallback {
  final Shop shop;
  private final String[] more;
  private @Nullable Chromium chromium;
  private @Nullable ServedShop served;

  private Screens(Shop shop, String... more) {
    this.shop = shop;
    this.more = more;
  }

  /**
   * @param more lines of the configuration, below {@code dashboard:}
   */
  static Screens of(Shop shop, String... more) {
    return new Screens(shop, more);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    chromium =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .getOrComputeIfAbsent(Chromium.class, any -> Chromium.start(), Chromium.class);
    served = ServedShop.start(shop, 0, more);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (served != null) {
      served.close();
    }
  }

  URI uri() {
    return begun(served).uri();
  }

  /** Somebody at a desk. */
  Visit desk() {
    return desk(uri());
  }

  /** The same, at another dashboard. */
  Visit desk(URI dashboard) {
    return Visit.desk(begun(chromium), dashboard);
  }

  /** Somebody with a phone. */
  Visit phone() {
    return Visit.phone(begun(chromium), uri());
  }

  private static <T> T begun(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the tests of the class have not begun");
    }
    return part;
  }
}
