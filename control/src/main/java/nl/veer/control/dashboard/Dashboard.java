package nl.veer.control.dashboard;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WaveConfig;
import nl.veer.control.dashboard.command.CommandDesk;
import nl.veer.control.dashboard.command.CommandDriver;
import nl.veer.control.dashboard.command.CommandRules;
import nl.veer.control.dashboard.feed.Answers;
import nl.veer.control.dashboard.feed.GateFeed;
import nl.veer.control.dashboard.feed.Sampler;
import nl.veer.control.dashboard.feed.StatusFeed;
import nl.veer.control.dashboard.http.DashboardServer;
import nl.veer.control.dashboard.route.Route;
import nl.veer.control.dashboard.route.Routes;
import nl.veer.control.dashboard.route.Sources;
import nl.veer.control.dashboard.view.MigrationView;
import nl.veer.control.dashboard.view.ProcessPage;

/** The dashboard as a whole: what is read, and the server that tells it. */
public final class Dashboard implements AutoCloseable {
  /** A look at the gate takes a marker's way and some questions; most end within this. */
  private static final Duration GATE_PATIENCE = Duration.ofSeconds(8);

  /** A wave that has caught up is a heartbeat behind; the next one may be on its way. */
  private static final int CAUGHT_UP_BEATS = 2;

  private final StatusFeed status;
  private final Sampler sampler;
  private final Answers answers;
  private final CommandDesk commands;
  private final DashboardServer server;

  private Dashboard(
      StatusFeed status,
      Sampler sampler,
      Answers answers,
      CommandDesk commands,
      DashboardServer server) {
    this.status = status;
    this.sampler = sampler;
    this.answers = answers;
    this.commands = commands;
    this.server = server;
  }

  /**
   * Starts to serve; nothing is read before somebody asks, but once in ten seconds for the history.
   *
   * @param veer the version of this Veer
   * @param view what it tells; the caller closes it behind this
   * @param driver does what is asked for
   * @param pages what this process tells of itself
   * @param clock whose zone says when a day begins
   * @throws Failure CONFLICT if the port is taken; CONFIGURATION if the address is not this
   *     machine's, or the certificate cannot be used
   */
  public static Dashboard start(
      VeerConfig config,
      String veer,
      MigrationView view,
      CommandDriver driver,
      List<ProcessPage> pages,
      Clock clock) {
    List<String> waves = config.waves().stream().map(WaveConfig::name).toList();
    StatusFeed status =
        StatusFeed.start(
            waves, view::status, config.tuning().heartbeat().multipliedBy(CAUGHT_UP_BEATS), clock);
    Answers answers = new Answers(clock);
    CommandRules rules =
        new CommandRules(
            config.dashboard().commands(),
            config.dashboard().approval(),
            config.cutover().maxOutage());
    CommandDesk commands = new CommandDesk(rules, driver, clock);
    Sources sources =
        new Sources(
            config.migration(),
            waves,
            veer,
            view,
            status,
            new GateFeed(view::gates, clock, GATE_PATIENCE),
            answers,
            pages,
            commands,
            clock);
    try {
      List<Route> routes = Routes.of(sources);
      DashboardServer server = DashboardServer.start(config.dashboard(), routes, sources);
      return new Dashboard(
          status, Sampler.start(status, view::overheard, clock), answers, commands, server);
    } catch (RuntimeException e) {
      commands.close();
      status.close();
      answers.close();
      throw e;
    }
  }

  /** Where it is, for a browser of this machine. */
  public URI uri() {
    return server.uri();
  }

  /** Who is told, besides the log file, what has not ended when this was closed. */
  public void onLeft(Consumer<String> tell) {
    commands.onLeft(tell);
  }

  /** Takes no more commands, and has what is under way given up; waits for nothing. */
  public void giveUp() {
    commands.giveUp();
  }

  /** Has what is under way given up, and waits for that; ends all streams and frees the port. */
  @Override
  public void close() {
    commands.close();
    server.close();
    sampler.close();
    status.close();
    answers.close();
  }
}
