package nl.veer.control.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.dashboard.feed.StatusFeed;
import nl.veer.control.dashboard.feed.StatusNow;
import nl.veer.control.dashboard.route.Route;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each status to whoever listens, as server-sent events, and a sign of life in between. A
 * status that gets too old is sent again, with its age, so that silence is seen as that. Safe for
 * use by several threads.
 */
final class EventStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /** A browser has one for each open page. */
  static final int MOST = 64;

  /** Well below what proxies, and this server, take for a dead connection. */
  private static final Duration BEAT = Duration.ofSeconds(5);

  /** A client comes back by itself, and shows then that it still may. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final Duration END = Duration.ofSeconds(1);

  private static final byte[] COMMENT = bytes(": alive\n\n");

  private final StatusFeed status;
  private final Clock clock;
  private final Set<EventClient> clients = new CopyOnWriteArraySet<>();
  private final ScheduledExecutorService beats;

  /** Guarded by this. */
  private StatusFeed.@Nullable Listening listening;

  private boolean closed;

  EventStream(StatusFeed status, Clock clock) {
    this.status = status;
    this.clock = clock;
    this.beats =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "dashboard events");
              thread.setDaemon(true);
              return thread;
            });
    beats.scheduleAtFixedRate(
        this::guardedBeat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Begins to send; the callback ends when the client does, or the stream.
   *
   * @throws Denied if there are too many
   */
  void open(Route.Events events, Stay stay, Response response, Callback callback) {
    EventClient client =
        new EventClient(
            events.event(), stay, response, callback, clock.instant().plus(LONGEST), this::left);
    join(client, stay, response);
    StatusNow last = status.last();
    byte[] first = last.number() > 0 ? event(events.event(), last) : COMMENT;
    client.begin(bytes("retry: 2000\n\n" + new String(first, StandardCharsets.UTF_8)));
  }

  /** The headers come first: as soon as it has joined, it may be sent something. */
  private synchronized void join(EventClient client, Stay stay, Response response) {
    if (closed || clients.size() >= MOST) {
      throw full("%d clients are sent events already.".formatted(MOST));
    }
    if (clients.stream().filter(one -> one.isOf(stay.person())).count() >= stay.most()) {
      throw full("You are sent events %d times already.".formatted(stay.most()));
    }
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
    // Proxies that gather what passes would hold events back.
    response.getHeaders().put("X-Accel-Buffering", "no");
    clients.add(client);
    if (listening == null) {
      listening = status.listen(this::read);
    }
  }

  private static Denied full(String words) {
    return new Denied(
        Reply.error(503, "EVENTS_FULL", words + " Ask for /api/v1/waves instead.")
            .with("Retry-After", "30"));
  }

  private synchronized void left(EventClient client) {
    clients.remove(client);
    if (clients.isEmpty() && listening != null) {
      listening.close();
      listening = null;
    }
  }

  private void read(StatusNow now) {
    Map<String, byte[]> made = new HashMap<>();
    Instant instant = clock.instant();
    for (EventClient client : clients) {
      if (client.isOver(instant)) {
        client.end();
      } else {
        client.send(made.computeIfAbsent(client.event(), name -> event(name, now)));
      }
    }
  }

  /** One that fails would be the last. */
  private void guardedBeat() {
    try {
      beat();
    } catch (RuntimeException | Error e) {
      // Without the words: they may quote what was worked on.
      LOG.atError().addKeyValue("error", e.getClass().getName()).log("A sign of life failed");
    }
  }

  private void beat() {
    Instant now = clock.instant();
    for (EventClient client : clients) {
      if (client.isOver(now)) {
        client.end();
      } else {
        client.beat(COMMENT);
      }
    }
    StatusNow last = status.last();
    if (last.number() > 0 && last.isSilent(now)) {
      read(last);
    }
  }

  private byte[] event(String name, StatusNow now) {
    // JSON has no line feeds, so it is one line of data.
    String data =
        new String(Reply.json(Bodies.waves(now, clock.instant())), StandardCharsets.UTF_8);
    return bytes("event: %s\nid: %d\ndata: %s\n\n".formatted(name, now.number(), data));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  int clients() {
    return clients.size();
  }

  /** Ends each client's stream as a whole one; who does not take the end is not waited for. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    beats.shutdownNow();
    List<EventClient> ended = List.copyOf(clients);
    ended.forEach(EventClient::end);
    CompletableFuture.allOf(
            ended.stream().map(EventClient::gone).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, END.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
