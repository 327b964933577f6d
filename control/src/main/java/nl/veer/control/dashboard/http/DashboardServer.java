package nl.veer.control.dashboard.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.dashboard.oidc.OidcTokens;
import nl.veer.control.dashboard.openapi.OpenApi;
import nl.veer.control.dashboard.page.PlainOverview;
import nl.veer.control.dashboard.page.ShellPage;
import nl.veer.control.dashboard.route.Route;
import nl.veer.control.dashboard.route.Sources;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dashboard's server, from its start to its {@link #close}. */
public final class DashboardServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);

  /** Nothing here waits, so that few threads serve many. */
  private static final int THREADS = 12;

  /** Those who listen to events, and many times as many who ask. */
  private static final int CONNECTIONS = 512;

  /** A proxy that stands before many is one client; a stranger takes no more than this either. */
  static final int CONNECTIONS_EACH = 128;

  private static final int LARGEST_HEADERS = 8_192;
  private static final long IDLE_MILLIS = 30_000;

  /** Replies under way go out within this; who keeps a connection open is cut off. */
  private static final long STOP_MILLIS = 1_000;

  private static final long STOP_IDLE_MILLIS = 100;

  /** A page asks some ten times when it opens; an engineer opens a few. */
  private static final int BURST = 300;

  private static final int PER_SECOND = 50;

  private final DashboardConfig config;
  private final Server server;
  private final ServerConnector connector;
  private final EventStream events;
  private final Pages pages;

  private DashboardServer(
      DashboardConfig config,
      Server server,
      ServerConnector connector,
      EventStream events,
      Pages pages) {
    this.pages = pages;
    this.config = config;
    this.server = server;
    this.connector = connector;
    this.events = events;
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
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("dashboard");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, factories(config));
    connector.setHost(config.address());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
    connector.addBean(new AddressLimit(CONNECTIONS_EACH));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    server.setStopTimeout(STOP_MILLIS);
    server.setErrorHandler(
        (request, response, callback) -> Front.refuse(response.getStatus(), response, callback));
    Clock clock = sources.clock();
    EventStream events = new EventStream(sources.status(), clock);
    Doorkeeper doorkeeper = new Doorkeeper(config, clock);
    Pages pages = new Pages(doorkeeper, shell(sources), OpenApi.document(routes), sources.pages());
    server.setHandler(new Front(new HostNames(config), rate, doorkeeper, routes, pages, events));
    DashboardServer started = new DashboardServer(config, server, connector, events, pages);
    started.begin();
    return started;
  }

  private static ConnectionFactory[] factories(DashboardConfig config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(
        config.oidc() == null ? LARGEST_HEADERS : LARGEST_HEADERS + OidcTokens.LONGEST);
    // Paths are taken apart here as they came, for a table's name may hold anything; no part of
    // one ever names a file.
    http.setUriCompliance(UriCompliance.UNSAFE);
    if (config.tlsCert() == null || config.tlsKey() == null) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    // Names are checked here, for certificates of plain addresses too.
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(PemIdentity.keyStore(config.tlsCert(), config.tlsKey()));
    tls.setKeyStorePassword("");
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    return new ConnectionFactory[] {new SslConnectionFactory(tls, plain.getProtocol()), plain};
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

  private void begin() {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw refused(e);
    } catch (Exception e) {
      close();
      throw new Failure(
          FailureKind.CONFIGURATION,
          "DASHBOARD_TLS",
          "The dashboard does not start with this certificate and key. See dashboard.tls-cert and"
              + " dashboard.tls-key in the configuration.",
          e);
    }
  }

  private Failure refused(IOException cause) {
    if (!isOurs(config.inetAddress())) {
      return new Failure(
          FailureKind.CONFIGURATION,
          "DASHBOARD_ADDRESS",
          "The dashboard cannot listen on %s: this machine has no such address. See"
                  .formatted(config.address())
              + " dashboard.address in the configuration.",
          cause);
    }
    return new Failure(
        FailureKind.CONFLICT,
        "DASHBOARD_PORT",
        "The dashboard cannot listen on port %d of %s: somebody else does, perhaps another Veer."
                .formatted(config.port(), config.address())
            + " Give dashboard.port another number in the configuration, or end that one.",
        cause);
  }

  private static boolean isOurs(InetAddress address) {
    try {
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return true;
    }
  }

  /** Where it is, for a browser of this machine. */
  public URI uri() {
    String host = config.inetAddress().isAnyLocalAddress() ? "127.0.0.1" : config.address();
    return URI.create(
        "%s://%s:%d/"
            .formatted(
                config.isTls() ? "https" : "http",
                host.contains(":") ? "[" + host + "]" : host,
                connector.getLocalPort()));
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
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.atDebug().log("A connection was cut off");
    } catch (Exception e) {
      throw new Failure(
          FailureKind.BUG, "CLOSE", "The dashboard's server did not end: " + e.getClass(), e);
    }
  }
}
