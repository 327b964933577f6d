package nl.veer.browser;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Serves the screens over a shop without databases, for whoever works on them: arguments are the
 * port, how many tables and how many rows differ. With the resources' sources in front of the class
 * path, a page that is loaded again shows what was just written.
 */
final class Preview {
  private Preview() {}

  public static void main(String[] args) throws InterruptedException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8_420;
    Shop shop = new Shop(args.length > 1 ? Integer.parseInt(args[1]) : 40);
    shop.differing = args.length > 2 ? Integer.parseInt(args[2]) : 0;
    shop.growing = true;
    if (shop.differing > 0) {
      shop.inTheWay = List.of(ShopGate.DIFFERENCES, ShopGate.WAIVED);
    }
    try (ServedShop served = ServedShop.start(shop, port)) {
      System.out.println(served.uri());
      new CountDownLatch(1).await();
    }
  }
}
