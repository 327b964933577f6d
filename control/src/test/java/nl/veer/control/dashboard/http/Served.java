package nl.veer.control.dashboard.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.config.DashboardTokenConfig;
import nl.veer.control.dashboard.HandClock;
import nl.veer.control.dashboard.PlainDriver;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.command.CommandDesk;
import nl.veer.control.dashboard.command.CommandRules;
import nl.veer.control.dashboard.feed.Answers;
import nl.veer.control.dashboard.feed.GateFeed;
import nl.veer.control.dashboard.feed.StatusFeed;
import nl.veer.control.dashboard.route.Route;
import nl.veer.control.dashboard.route.Routes;
import nl.veer.control.dashboard.route.Sources;
import nl.veer.control.dashboard.view.ProcessPage;

/** A served plain view, on a free port. */
final class Served implements AutoCloseable {
  static final String VIEWER = Tokens.random();
  static final String OPERATOR = Tokens.random();
  static final String APPROVER = Tokens.random();
  static final DashboardConfig OPEN = DashboardConfig.at(0);

  /** One that tells everybody a little, and one that tells others nothing. */
  private final List<ProcessPage> pages =
      List.of(
          new ProcessPage(
              "/health/live",
              "application/json",
              true,
              () -> new ProcessPage.Said(503, "{\"reasons\": []}", "{}")),
          new ProcessPage(
              "/metrics", "text/plain; version=0.0.4; charset=utf-8", false, this::scrape));

  static final Duration MAX_OUTAGE = Duration.ofSeconds(10);

  /** So many requests go through in a row; no time passes for more. */
  private static final int PLENTY = 100_000;

  final HandClock clock = new HandClock();
  final PlainView view = new PlainView();
  final AtomicInteger scrapes = new AtomicInteger();

  /** Each scrape waits for it. */
  volatile CountDownLatch mayTell = new CountDownLatch(0);

  final List<Route> routes;
  final StatusFeed status;
  private final Answers answers;
  final PlainDriver driver = new PlainDriver();
  final CommandDesk commands;
  final DashboardServer server;
  final int port;

  private Served(DashboardConfig config, RateLimit rate, List<Route> more) {
    status = StatusFeed.start(PlainView.WAVES, view::status, clock);
    answers = new Answers(clock);
    commands =
        new CommandDesk(
            new CommandRules(config.commands(), config.approval(), MAX_OUTAGE), driver, clock);
    Sources sources =
        new Sources(
            "shop",
            PlainView.WAVES,
            "1.2.3",
            view,
            status,
            new GateFeed(view::gates, clock, Duration.ofSeconds(20)),
            answers,
            pages,
            commands,
            clock);
    routes = new ArrayList<>(Routes.of(sources));
    routes.addAll(more);
    server = DashboardServer.start(config, routes, sources, rate);
    port = server.uri().getPort();
  }

  private ProcessPage.Said scrape() {
    scrapes.incrementAndGet();
    try {
      mayTell.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new ProcessPage.Said(200, "veer_lag_seconds 1.0\n", null);
  }

  /** For everybody on this machine. */
  static Served open() {
    return with(OPEN);
  }

  static Served with(DashboardConfig config) {
    return new Served(config, new RateLimit(PLENTY, 0, () -> 0), List.of());
  }

  /** With routes beside those that there are. */
  static Served with(DashboardConfig config, Route... more) {
    return new Served(config, new RateLimit(PLENTY, 0, () -> 0), List.of(more));
  }

  /** Where each client has so many requests, and no more. */
  static Served allowing(int requests) {
    return new Served(OPEN, new RateLimit(requests, 0, () -> 0), List.of());
  }

  /** A viewer, an operator and an approver have tokens, and nobody else comes in. */
  static DashboardConfig closed() {
    return closed(true, false);
  }

  /**
   * @param commands whether commands are taken
   * @param approval whether some wait for a second person
   */
  static DashboardConfig closed(boolean commands, boolean approval) {
    return new DashboardConfig(
        "127.0.0.1",
        0,
        List.of("dash.example.org"),
        null,
        null,
        List.of(
            new DashboardTokenConfig("anna", DashboardRole.VIEWER, Tokens.digest(VIEWER)),
            new DashboardTokenConfig("otto", DashboardRole.OPERATOR, Tokens.digest(OPERATOR)),
            new DashboardTokenConfig("petra", DashboardRole.APPROVER, Tokens.digest(APPROVER))),
        null,
        Duration.ofHours(1),
        Duration.ofMinutes(30),
        commands,
        approval);
  }

  Wire.Response get(String path, String... headers) throws IOException {
    return Wire.get(port, path, headers);
  }

  /** The header of a browser that has given this token. */
  String logIn(String token) throws IOException {
    Wire.Response well = Wire.ask(port, "POST", "/login", "token=" + token);
    return "Cookie: " + well.header("set-cookie").split(";", 2)[0];
  }

  /** Sends JSON. */
  Wire.Response post(String path, String json, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Type: application/json";
    return Wire.ask(port, "POST", path, json, all);
  }

  int status(String path) {
    try {
      return get(path).status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    commands.close();
    server.close();
    status.close();
    answers.close();
  }
}
