package nl.veer.control.link;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What happens to a wave of its own. Outages last; so many are played at the same time. */
record Scene(String name, Play play) {

  /** What happens, and what must come of it. */
  interface Play {
    void run() throws Exception;
  }

  /** Plays all at once; each is a test with an outcome of its own. */
  static Stream<DynamicTest> atOnce(List<Scene> scenes) {
    ExecutorService threads = Executors.newFixedThreadPool(scenes.size());
    List<DynamicTest> tests = new ArrayList<>();
    for (Scene scene : scenes) {
      CompletableFuture<Void> outcome = CompletableFuture.runAsync(scene::perform, threads);
      tests.add(dynamicTest(scene.name, outcome::join));
    }
    threads.shutdown();
    return tests.stream();
  }

  private void perform() {
    long begin = System.nanoTime();
    try {
      play.run();
      System.out.printf("%6.1f s  %s%n", (System.nanoTime() - begin) / 1e9, name);
    } catch (Exception e) {
      throw new AssertionError(name + ": " + e, e);
    }
  }
}
