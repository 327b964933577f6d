package nl.veer.control.dashboard.http;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.dashboard.view.ProcessPage;

/**
 * Serves what a process tells of itself, for programs that look after processes: metrics and
 * health, and no dashboard. From its start to its {@link #close}.
 */
public final class ProcessServer implements AutoCloseable {
  /** Some who scrape and probe, each every few seconds. */
  private static final int BURST = 60;

  private static final int PER_SECOND = 10;

  private final ProcessPages pages;
  private final Listener listener;

  private ProcessServer(ProcessPages pages, Listener listener) {
    this.pages = pages;
    this.listener = listener;
  }

  /**
   * Begins to serve.
   *
   * @param who serves, as failures call it: {@code veer capture}
   * @param key of the configuration that says where
   * @param config where, by which certificate, and who may look
   * @throws Failure CONFLICT if the port is taken; CONFIGURATION if the address is not this
   *     machine's, or the certificate cannot be used
   */
  public static ProcessServer start(
      String who, String key, DashboardConfig config, List<ProcessPage> pages, Clock clock) {
    Listener listener = new Listener(new Listener.Names(who, key, key), config);
    Doorkeeper doorkeeper = new Doorkeeper(config, clock);
    ProcessPages told = new ProcessPages(doorkeeper, pages);
    ProcessFront front =
        new ProcessFront(
            new HostNames(config),
            new RateLimit(BURST, PER_SECOND, System::nanoTime),
            doorkeeper,
            told);
    ProcessServer started = new ProcessServer(told, listener);
    try {
      listener.begin(front);
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  /** Where it is, for a client on this machine. */
  public URI uri() {
    return listener.uri();
  }

  /** Lets replies under way go out, and frees the port. */
  @Override
  public void close() {
    pages.close();
    listener.close();
  }
}
