package nl.veer.benchmarks.connect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.process.Pause;

/**
 * Looks for the settings that the peer is fastest with. Variants of the sink take turns at the same
 * topics, and are compared with the source by the oracle; variants of the source take turns at
 * catching up with a log of the same changes. What was found stands in {@link DebeziumSource} and
 * {@link JdbcSink}.
 *
 * <p>Arguments: {@code source} or {@code sink}; the shape ({@code narrow}, {@code unnestable},
 * {@code everyday}); rows; rounds; then variants as {@code name:key=value,key=value}.
 */
public final class PeerTuning implements AutoCloseable {
  private static final List<String> CHANGES = List.of("insert", "update", "delete");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int ROWS_PER_TRANSACTION = 1_000;
  private static final int FIRST_VARIANT = 4;

  private final Sandbox sandbox = Sandbox.startTemporary();
  private final TopicLengths topics = new TopicLengths(sandbox.kafka().bootstrap());
  private final ConnectWorker worker =
      ConnectWorker.start(
          WorkerClassPath.directory(), sandbox.kafka().bootstrap(), sandbox.registry().url());
  private final TuningShape shape;
  private final int rows;
  private int laps;

  private PeerTuning(TuningShape shape, int rows) {
    this.shape = shape;
    this.rows = rows;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Map<String, String>> variants = new LinkedHashMap<>();
    for (int i = FIRST_VARIANT; i < arguments.length; i++) {
      String[] parts = arguments[i].split(":", 2);
      variants.put(parts[0], settings(parts[1]));
    }
    TuningShape shape = TuningShape.named(arguments[1]);
    try (PeerTuning tuning = new PeerTuning(shape, Integer.parseInt(arguments[2]))) {
      tuning.run(arguments[0].equals("source"), Integer.parseInt(arguments[3]), variants);
    }
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String each : text.split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        settings.put(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return settings;
  }

  private void run(boolean source, int rounds, Map<String, Map<String, String>> variants)
      throws SQLException {
    for (String change : CHANGES) {
      sandbox.source().createDatabase(change);
      execute(sandbox.source(), change, shape.create());
      if (!source) {
        worker.put("fill_" + change, source(change, change));
        write(change);
        awaitRecords(change, rows);
        worker.delete("fill_" + change);
      }
    }
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<String, Map<String, String>> variant : variants.entrySet()) {
        StringBuilder line = new StringBuilder(round + " " + variant.getKey());
        for (String change : CHANGES) {
          line.append(measured(source, change, variant.getValue()));
        }
        System.out.println(line);
      }
    }
  }

  private String measured(boolean source, String change, Map<String, String> settings)
      throws SQLException {
    SandboxPostgres server = source ? sandbox.source() : sandbox.target();
    double workerBefore = ProcessorTime.seconds(worker.pid());
    double serverBefore = ProcessorTime.seconds(server.pid());
    double seconds = source ? sourceLap(change, settings) : sinkLap(change, settings);
    return String.format(
        Locale.ROOT,
        "  %s %,7.0f/s, per million %4.1f + %4.1f CPU s",
        change,
        rows / seconds,
        (ProcessorTime.seconds(worker.pid()) - workerBefore) / rows * 1e6,
        (ProcessorTime.seconds(server.pid()) - serverBefore) / rows * 1e6);
  }

  private Map<String, String> source(String change, String prefix) {
    return DebeziumSource.config(
        Database.of(sandbox.source(), change),
        prefix,
        prefix + "_slot",
        change + "_publication",
        List.of("public.t"),
        false);
  }

  /** The log is written while the connector is away; then it has to catch up. */
  private double sourceLap(String change, Map<String, String> settings) throws SQLException {
    String name = change + ++laps;
    Map<String, String> config = source(change, name);
    config.putAll(settings);
    worker.put(name, config);
    // A record, so that the connector has an offset to go on from.
    execute(sandbox.source(), change, "TRUNCATE t");
    execute(sandbox.source(), change, shape.insert(1, 1) + "; DELETE FROM t");
    awaitRecords(name, 1);
    worker.delete(name);
    awaitSlotFree(change, name + "_slot");
    long before = topics.of(name + ".public.t");
    write(change);
    worker.put(name, config);
    awaitRecords(name, before + 1);
    long begin = System.nanoTime();
    long first = topics.of(name + ".public.t") - before;
    awaitRecords(name, before + rows);
    double seconds = (System.nanoTime() - begin) / 1e9 * rows / Math.max(1, rows - first);
    worker.delete(name);
    awaitSlotFree(change, name + "_slot");
    execute(sandbox.source(), change, "SELECT pg_drop_replication_slot('%s_slot')".formatted(name));
    return seconds;
  }

  private double sinkLap(String change, Map<String, String> settings) throws SQLException {
    String name = change + ++laps;
    sandbox.target().createDatabase(name);
    execute(sandbox.target(), name, shape.create());
    if (!change.equals("insert")) {
      execute(sandbox.target(), name, shape.insert(1, rows));
    }
    execute(sandbox.target(), name, "CHECKPOINT");
    Map<String, String> config =
        JdbcSink.config(Database.of(sandbox.target(), name), List.of(change + ".public.t"));
    config.putAll(settings);
    if (config.containsKey("url.options")) {
      config.merge("connection.url", "?" + config.get("url.options"), String::concat);
    }
    worker.put(name, config);
    awaitRow(change, name, 1);
    long begin = System.nanoTime();
    awaitRow(change, name, rows);
    double seconds = (System.nanoTime() - begin) / 1e9;
    worker.delete(name);
    judge(change, name);
    execute(sandbox.target(), "postgres", "DROP DATABASE " + name + " WITH (FORCE)");
    return seconds;
  }

  private void judge(String change, String name) throws SQLException {
    try (Connection source = sandbox.source().connect(change);
        Connection target = sandbox.target().connect(name)) {
      Oracle.compare(source, target, List.of("public"))
          .firstDifference()
          .ifPresent(difference -> System.out.println("NOT EQUAL " + name + ": " + difference));
    }
  }

  private void write(String change) throws SQLException {
    if (!change.equals("insert")) {
      // Who follows the change only has these rows already.
      execute(
          sandbox.source(),
          change,
          "ALTER PUBLICATION %s_publication SET (publish = 'update, delete')".formatted(change));
      execute(sandbox.source(), change, shape.insert(1, rows));
    }
    try (Connection connection = sandbox.source().connect(change);
        Statement statement = connection.createStatement()) {
      for (int from = 1; from <= rows; from += ROWS_PER_TRANSACTION) {
        int to = from + ROWS_PER_TRANSACTION - 1;
        statement.execute(
            switch (change) {
              case "insert" -> shape.insert(from, to);
              case "update" ->
                  "UPDATE t SET amount = -1 WHERE id BETWEEN %d AND %d".formatted(from, to);
              default -> "DELETE FROM t WHERE id BETWEEN %d AND %d".formatted(from, to);
            });
      }
    }
  }

  private void awaitRow(String change, String database, int id) throws SQLException {
    String row = "SELECT FROM t WHERE id = " + id;
    String question =
        switch (change) {
          case "insert" -> "SELECT EXISTS (" + row + ")";
          case "update" -> "SELECT EXISTS (" + row + " AND amount = -1)";
          default -> "SELECT NOT EXISTS (" + row + ")";
        };
    await(sandbox.target(), database, question, () -> worker.isRunning(database));
  }

  private void awaitSlotFree(String database, String slot) throws SQLException {
    String question =
        "SELECT NOT active FROM pg_replication_slots WHERE slot_name = '%s'".formatted(slot);
    await(sandbox.source(), database, question, () -> true);
  }

  private void awaitRecords(String prefix, long count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (topics.of(prefix + ".public.t") < count) {
      if (System.nanoTime() > deadline) {
        throw new ConnectFailure("Topic " + prefix + " lacks records:\n" + worker.lastWords());
      }
      Pause.of(LOOK);
    }
  }

  private static void await(
      SandboxPostgres side, String database, String question, BooleanSupplier hope)
      throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = side.connect(database);
        PreparedStatement statement = connection.prepareStatement(question)) {
      while (!isTrue(statement)) {
        if (System.nanoTime() > deadline || !hope.getAsBoolean()) {
          throw new ConnectFailure("It does not come to pass in " + database + ": " + question);
        }
        Pause.of(LOOK);
      }
    }
  }

  private static boolean isTrue(PreparedStatement question) throws SQLException {
    try (ResultSet answer = question.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private static void execute(SandboxPostgres side, String database, String sql)
      throws SQLException {
    try (Connection connection = side.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    worker.close();
    topics.close();
    sandbox.close();
  }
}
