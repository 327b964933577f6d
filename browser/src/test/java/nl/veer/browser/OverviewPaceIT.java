package nl.veer.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With two thousand tables the overview is there at once, stays light, and does not grow. */
class OverviewPaceIT {
  private static final int TABLES = 2_000;

  /** When the verdict and its chart are there, in milliseconds since the page was asked for. */
  private static final String THERE =
      """
      () => document.querySelector('.hero-of') && document.querySelector('.chart canvas')
        && performance.now()
      """;

  /** What the longest tasks of the page took, while so many updates came in. */
  private static final String UPDATES =
      """
      (wanted) => new Promise((resolve) => {
        const tasks = []
        new PerformanceObserver((list) => list.getEntries().forEach((one) => tasks.push(one.duration)))
          .observe({ type: 'longtask' })
        let updates = 0
        new MutationObserver(() => ++updates === wanted && resolve(tasks))
          .observe(document.querySelector('.hero .code'), { characterData: true, childList: true, subtree: true })
      })
      """;

  @RegisterExtension static final Screens SCREENS = Screens.of(new Shop(TABLES));

  /** The best of three: the first one also waits for a server that has just begun. */
  @Test
  void isInteractiveWithinASecond() {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (Visit visit = SCREENS.desk()) {
        Object time = visit.open("/").waitForFunction(THERE).jsonValue();
        times.add(((Number) time).doubleValue());
      }
    }
    assertThat(times).anySatisfy(time -> assertThat(time).isLessThan(1_000));
  }

  @Test
  void anUpdateTakesLessThanATenthOfASecond() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      page.waitForFunction(THERE);
      CDPSession devtools = page.context().newCDPSession(page);
      devtools.send("Performance.enable");
      double before = metric(devtools, "TaskDuration");
      int updates = 4;
      Object tasks = page.evaluate(UPDATES, updates);
      double seconds = metric(devtools, "TaskDuration") - before;
      assertThat(seconds / updates).as("seconds of work per update, %s", tasks).isLessThan(0.1);
    }
  }

  @Test
  void doesNotGrow() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      page.waitForFunction(THERE);
      CDPSession devtools = page.context().newCDPSession(page);
      devtools.send("Performance.enable");
      thereAndBack(page);
      double nodes = settled(devtools, "Nodes");
      double listeners = settled(devtools, "JSEventListeners");
      for (int i = 0; i < 8; i++) {
        thereAndBack(page);
      }
      assertThat(settled(devtools, "Nodes")).isLessThan(nodes * 1.2);
      assertThat(settled(devtools, "JSEventListeners")).isLessThan(listeners * 1.2);
    }
  }

  private static void thereAndBack(Page page) {
    page.locator("nav [data-screen=gate]").click();
    // A handle of a node would keep all of its screen.
    page.locator(".condition").first().waitFor();
    page.locator("nav [data-screen=overview]").click();
    page.waitForFunction(THERE);
  }

  private static double settled(CDPSession devtools, String name) {
    devtools.send("HeapProfiler.collectGarbage");
    return metric(devtools, name);
  }

  private static double metric(CDPSession devtools, String name) {
    for (var one : devtools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      JsonObject metric = one.getAsJsonObject();
      if (metric.get("name").getAsString().equals(name)) {
        return metric.get("value").getAsDouble();
      }
    }
    throw new AssertionError("There is no metric " + name);
  }
}
