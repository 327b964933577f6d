package nl.veer.connectors.dialect.postgres;

import static nl.veer.connectors.dialect.postgres.FenceWorld.TABLES;
import static nl.veer.connectors.dialect.postgres.FenceWorld.execute;
import static nl.veer.connectors.dialect.postgres.FenceWorld.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fence that is raised while clients write to several tables in each transaction, in any order,
 * and try again when they are refused. It must not set them against each other, and behind it, once
 * the transactions of the first look have ended, nothing may change.
 */
class FenceUnderLoadIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CLIENTS = 4;
  private static final int ENOUGH = 50;

  private static final String CONTENT =
      "SELECT (SELECT count(*) FROM shop.orders), (SELECT count(*) FROM shop.events),"
          + " (SELECT count(*) FROM shop.notes)";

  private static FenceWorld world;

  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong ids = new AtomicLong(5000);
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void startServer() throws SQLException {
    world = new FenceWorld();
    try (Connection admin = world.server.connect("postgres")) {
      execute(admin, "GRANT pg_signal_backend, pg_read_all_stats TO veer");
    }
  }

  @AfterAll
  static void stopServer() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingChangesBehindIt(Kind kind) throws Exception {
    String database = world.database();
    try (Connection owner = world.connect(database, "shop_owner")) {
      execute(owner, "CREATE TABLE shop.events_rest PARTITION OF shop.events DEFAULT");
    }
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> running = new ArrayList<>();
    try (Connection veer = world.veer(database)) {
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        running.add(clients.submit(() -> write(database, new Random(client))));
      }
      more(accepted);
      FencePlan plan = PostgresFence.plan(veer, kind, TABLES, List.of());

      PostgresFence.raise(veer, plan, PATIENCE);
      List<Writer> writers = PostgresWriters.on(veer, TABLES);
      await().atMost(PATIENCE).until(() -> PostgresWriters.left(veer, TABLES, writers).isEmpty());

      List<String> content = rows(veer, CONTENT);
      more(refused);
      assertThat(rows(veer, CONTENT)).isEqualTo(content);
      assertThat(PostgresFence.isUp(veer, plan)).isTrue();
      PostgresFence.lower(veer, plan);
      more(accepted);
    } finally {
      ended.set(true);
      for (Future<?> client : running) {
        client.get();
      }
      clients.shutdown();
    }
    assertThat(surprises).isEmpty();
  }

  private static void more(AtomicLong counter) {
    long before = counter.get();
    await().atMost(PATIENCE).until(() -> counter.get() >= before + ENOUGH);
  }

  private void write(String database, Random random) {
    while (!ended.get()) {
      try (Connection app = world.connect(database, "app")) {
        app.setAutoCommit(false);
        while (!ended.get()) {
          transaction(app, random);
        }
      } catch (SQLException e) {
        // Its session was ended; it makes another one.
        note(e);
      }
    }
  }

  private void transaction(Connection app, Random random) throws SQLException {
    List<String> tables = new ArrayList<>(List.of("orders", "events", "notes"));
    Collections.shuffle(tables, random);
    try {
      for (String table : tables) {
        execute(
            app, "INSERT INTO shop.%s VALUES (%d, 'x')".formatted(table, ids.incrementAndGet()));
      }
      app.commit();
      accepted.incrementAndGet();
    } catch (SQLException e) {
      note(e);
      app.rollback();
    }
  }

  /** Refused, or ended by READ_ONLY; a deadlock would be neither. */
  private void note(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (List.of("25006", "42501").contains(state)) {
      refused.incrementAndGet();
    } else if (!state.startsWith("57P01") && !state.startsWith("08")) {
      surprises.add(e.toString());
    }
  }
}
