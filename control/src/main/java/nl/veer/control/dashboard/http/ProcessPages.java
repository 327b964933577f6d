package nl.veer.control.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import nl.veer.control.dashboard.view.ProcessPage;
import nl.veer.control.dashboard.work.FewThreads;
import org.eclipse.jetty.server.Request;

/** What the process tells of itself: to all a little, to whoever may look everything. */
final class ProcessPages implements AutoCloseable {
  private static final int THREADS = 2;

  /** Some of each that scrape and probe; who would wait behind more asks too often. */
  private static final int WAITING = 32;

  private final Doorkeeper doorkeeper;
  private final List<ProcessPage> pages;

  /** They never wait for a database, so that the process's health is told while one hangs. */
  private final FewThreads tellers =
      new FewThreads(
          "dashboard process",
          THREADS,
          WAITING,
          "The process is asked more of itself than it can tell. Ask again in some seconds.");

  ProcessPages(Doorkeeper doorkeeper, List<ProcessPage> pages) {
    this.doorkeeper = doorkeeper;
    this.pages = List.copyOf(pages);
  }

  /** Empty if there is no such page. */
  Optional<CompletionStage<Reply>> get(Request request, String path) {
    return pages.stream()
        .filter(page -> page.path().equals(path))
        .findFirst()
        .map(page -> told(page, request));
  }

  /** Not on the server's own threads: to write it all takes its time. */
  private CompletionStage<Reply> told(ProcessPage page, Request request) {
    boolean whole = doorkeeper.visitor(request).isPresent();
    if (!whole && !page.open()) {
      throw stranger();
    }
    return tellers
        .ask(page.asked())
        .thenApply(
            said -> {
              String body = whole ? said.whole() : said.brief();
              if (body == null) {
                throw stranger();
              }
              return new Reply(
                  said.status(), page.mediaType(), body.getBytes(StandardCharsets.UTF_8), Map.of());
            });
  }

  private static Denied stranger() {
    return new Denied(Entry.unknown().reply());
  }

  @Override
  public void close() {
    tellers.close();
  }
}
