package nl.veer.control.dashboard.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.dashboard.oidc.OidcTokens;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
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

/**
 * Listens on one address, over TLS where that is configured, within bounds, from {@link #begin} to
 * {@link #close}; what is asked is given to a handler.
 */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

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

  private final Names names;
  private final DashboardConfig config;
  private final Server server;
  private final ServerConnector connector;

  /**
   * What failures call it.
   *
   * @param who listens, at the beginning of a sentence
   * @param address the key of the configuration that says where
   * @param port the key that says by which port
   */
  record Names(String who, String address, String port) {}

  /**
   * @throws Failure CONFIGURATION if the certificate cannot be used
   */
  Listener(Names names, DashboardConfig config) {
    this.names = names;
    this.config = config;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("dashboard");
    threads.setDaemon(true);
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1, factories(config));
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

  /**
   * Begins to listen; who calls closes it if that fails.
   *
   * @param handler of all requests
   * @throws Failure CONFLICT if the port is taken; CONFIGURATION if the address is not this
   *     machine's, or the certificate cannot be used
   */
  void begin(Handler handler) {
    server.setHandler(handler);
    try {
      server.start();
    } catch (IOException e) {
      throw refused(e);
    } catch (Exception e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "DASHBOARD_TLS",
          "%s does not start with this certificate and key. See dashboard.tls-cert and"
                  .formatted(names.who())
              + " dashboard.tls-key in the configuration.",
          e);
    }
  }

  private Failure refused(IOException cause) {
    if (!isOurs(config.inetAddress())) {
      return new Failure(
          FailureKind.CONFIGURATION,
          "DASHBOARD_ADDRESS",
          "%s cannot listen on %s: this machine has no such address. See %s in the configuration."
              .formatted(names.who(), config.address(), names.address()),
          cause);
    }
    return new Failure(
        FailureKind.CONFLICT,
        "DASHBOARD_PORT",
        "%s cannot listen on port %d of %s: somebody else does, perhaps another Veer."
                .formatted(names.who(), config.port(), config.address())
            + " Give %s another number in the configuration, or end that one."
                .formatted(names.port()),
        cause);
  }

  private static boolean isOurs(InetAddress address) {
    try {
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return true;
    }
  }

  /** Where it is, for a client on this machine. */
  URI uri() {
    String host = config.inetAddress().isAnyLocalAddress() ? "127.0.0.1" : config.address();
    return URI.create(
        "%s://%s:%d/"
            .formatted(
                config.isTls() ? "https" : "http",
                host.contains(":") ? "[" + host + "]" : host,
                connector.getLocalPort()));
  }

  /** Lets replies under way go out, and frees the port. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      LOG.atDebug().log("A connection was cut off");
    } catch (Exception e) {
      throw new Failure(
          FailureKind.BUG, "CLOSE", "The server at HTTP did not end: " + e.getClass(), e);
    }
  }
}
