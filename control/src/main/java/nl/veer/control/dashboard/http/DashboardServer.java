package nl.veer.control.dashboard.http;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.dashboard.openapi.OpenApi;
import nl.veer.control.dashboard.page.PlainOverview;
import nl.veer.control.dashboard.page.ShellPage;
import nl.veer.control.dashboard.route.Route;
import nl.veer.control.dashboard.route.Sources;

/** The dashboard's server, from its start to its {@link #close}. */
public final class DashboardServer implements AutoCloseable {
  /** A page asks some ten times when it opens; an engineer opens a few. */
  private static final int BURST = 300;

  private static final int PER_SECOND = 50;

  private static final Listener.Names NAMES =
      new Listener.Names("The dashboard", "dashboard.address", "dashboard.port");

  private final Listener listener;
  private final EventStream events;
  private final Pages pages;

  private DashboardServer(Listener listener, EventStream events, Pages pages) {
    this.listener = listener;
    this.events = events;
    this.pages = pages;
  }

  /**
   * Serves the routes, and the page.
   *
   * @throws Failure CONFLICT if the port is taken; CONFIGURATION if the address is not this
   *     machine's, or the certificate cannot be used
   */
  public static DashboardServer start(DashboardConfig config, List<Route> routes, Sources sources) {
    return start(config, routes, sources, new RateLimit(BURST, PER_SECOND, System::nanoTime));
  }

  static DashboardServer start(
      DashboardConfig config, List<Route> routes, Sources sources, RateLimit rate) {
    Listener listener = new Listener(NAMES, config);
    Clock clock = sources.clock();
    EventStream events = new EventStream(sources.status(), clock);
    Doorkeeper doorkeeper = new Doorkeeper(config, clock);
    Pages pages = new Pages(doorkeeper, shell(sources), OpenApi.document(routes), sources.pages());
    Front front = new Front(new HostNames(config), rate, doorkeeper, routes, pages, events);
    DashboardServer started = new DashboardServer(listener, events, pages);
    try {
      listener.begin(front);
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  private static Pages.Shell shell(Sources sources) {
    return (language, login) ->
        sources
            .statusInTime()
            .thenApply(
                now ->
                    ShellPage.of(
                        sources.migration(),
                        language,
                        login,
                        PlainOverview.of(
                            Bodies.migration(
                                sources.migration(),
                                sources.veer(),
                                now,
                                sources.clock().instant()),
                            Bodies.waves(now, sources.clock().instant()))));
  }

  /** Where it is, for a browser of this machine. */
  public URI uri() {
    return listener.uri();
  }

  /** How many listen to events. */
  int listeners() {
    return events.clients();
  }

  /** Ends all streams, lets replies under way go out, and frees the port. */
  @Override
  public void close() {
    events.close();
    pages.close();
    listener.close();
  }
}
