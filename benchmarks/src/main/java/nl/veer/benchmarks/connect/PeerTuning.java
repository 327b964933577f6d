package nl.veer.benchmarks.connect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.process.Pause;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks for the settings that the peer is fastest with: variants of the sink take turns at the same
 * topics, and variants of the source at the same log of the same database. Each ends with both
 * databases being compared. What it found stands in {@link DebeziumSource} and {@link JdbcSink}.
 *
 * <p>Arguments: {@code source} or {@code sink}, the shape ({@code narrow}, {@code wide}), rows,
 * rounds, and then variants: {@code name:key=value,key=value}.
 */
public final class PeerTuning {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int ROWS_PER_TRANSACTION = 1_000;
  private static final String NARROW =
      "amount int NOT NULL, price numeric(12,2) NOT NULL, at timestamptz NOT NULL, "
          + "label text NOT NULL, street text, town varchar(40), note text";
  private static final String NARROW_VALUES =
      "i % 1000, i / 100.0, TIMESTAMPTZ '2020-01-01Z' + i * INTERVAL '1 second', 'row ' || i, "
          + "'street ' || i, 'town ' || i % 100, repeat('n', 60)";
  private static final String WIDE =
      "amount int, a2 bigint, a3 numeric(12,2), a4 double precision, a5 boolean, a6 date, "
          + "a7 timestamptz, a8 timestamp, a9 uuid, a10 text, a11 text, a12 text, a13 jsonb, "
          + "a14 bytea, a15 int, a16 bigint, a17 varchar(40), a18 real, a19 text, a20 time, "
          + "a21 smallint, a22 char(5), a23 json, a24 numeric";
  private static final String WIDE_VALUES =
      "i % 1000, i * 1000, i / 100.0, i / 3.0, i % 2 = 0, DATE '2020-01-01' + (i % 1000)::int, "
          + "TIMESTAMPTZ '2020-01-01Z' + i * INTERVAL '1.000001 second', "
          + "TIMESTAMP '2020-01-01' + i * INTERVAL '1.000001 second', md5(i::text)::uuid, "
          + "repeat('x', 20), repeat('y', 40), md5(i::text), "
          + "jsonb_build_object('id', i, 'tags', jsonb_build_array('a', 'b')), "
          + "decode(md5(i::text), 'hex'), i, i, 'street ' || i, i / 7.0, NULL, "
          + "TIME '00:00' + i * INTERVAL '1.000001 second', i % 1000, 'abc', "
          + "json_build_object('id', i), i / 7.0";

  private final Sandbox sandbox;
  private final ConnectWorker worker;
  private final boolean wide;
  private final int rows;
  private int laps;

  private PeerTuning(Sandbox sandbox, ConnectWorker worker, boolean wide, int rows) {
    this.sandbox = sandbox;
    this.worker = worker;
    this.wide = wide;
    this.rows = rows;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Map<String, String>> variants = new LinkedHashMap<>();
    for (int i = 4; i < arguments.length; i++) {
      String[] parts = arguments[i].split(":", 2);
      Map<String, String> settings = new LinkedHashMap<>();
      for (String each : parts[1].split(",")) {
        if (!each.isEmpty()) {
          String[] pair = each.split("=", 2);
          settings.put(pair[0], pair[1]);
        }
      }
      variants.put(parts[0], settings);
    }
    try (Sandbox sandbox = Sandbox.startTemporary();
        ConnectWorker worker =
            ConnectWorker.start(
                WorkerClassPath.directory(),
                sandbox.kafka().bootstrap(),
                sandbox.registry().url())) {
      PeerTuning tuning =
          new PeerTuning(
              sandbox, worker, arguments[1].equals("wide"), Integer.parseInt(arguments[2]));
      try {
        tuning.run(arguments[0].equals("source"), Integer.parseInt(arguments[3]), variants);
      } finally {
        System.out.println("worker's last words: " + worker.lastWords());
      }
    }
  }

  private void run(boolean source, int rounds, Map<String, Map<String, String>> variants)
      throws SQLException {
    for (String change : List.of("insert", "update", "delete")) {
      sandbox.source().createDatabase(change);
      create(sandbox.source(), change);
    }
    if (!source) {
      for (String change : List.of("insert", "update", "delete")) {
        Map<String, String> config = source(change, change);
        worker.put("fill_" + change, config);
        write(change);
        awaitRecords(change + ".public.t", rows);
        worker.delete("fill_" + change);
      }
    }
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<String, Map<String, String>> variant : variants.entrySet()) {
        StringBuilder line = new StringBuilder();
        for (String change : List.of("insert", "update", "delete")) {
          double seconds =
              source
                  ? sourceLap(change, variant.getValue())
                  : sinkLap(change, variant.getValue());
          line.append(String.format(Locale.ROOT, "  %s %,9.0f/s", change, rows / seconds));
        }
        System.out.println(round + " " + variant.getKey() + line);
      }
    }
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
    execute(sandbox.source(), change, "INSERT INTO t SELECT -1, " + values() + " FROM (SELECT 1 i) x");
    awaitRecords(name + ".public.t", 1);
    worker.delete(name);
    awaitSlotFree(change, name + "_slot");
    execute(sandbox.source(), change, "TRUNCATE t");
    write(change);
    worker.put(name, config);
    awaitRecords(name + ".public.t", 1);
    long begin = System.nanoTime();
    long first = records(name + ".public.t");
    awaitRecords(name + ".public.t", rows);
    double seconds = (System.nanoTime() - begin) / 1e9 * rows / Math.max(1, rows - first);
    worker.delete(name);
    awaitSlotFree(change, name + "_slot");
    execute(sandbox.source(), change, "SELECT pg_drop_replication_slot('" + name + "_slot')");
    return seconds;
  }

  private double sinkLap(String change, Map<String, String> settings) throws SQLException {
    String name = change + ++laps;
    sandbox.target().createDatabase(name);
    create(sandbox.target(), name);
    if (!change.equals("insert")) {
      execute(sandbox.target(), name, insert(1, rows));
    }
    execute(sandbox.target(), name, "CHECKPOINT");
    Map<String, String> config =
        JdbcSink.config(
            Database.of(sandbox.target(), name), List.of(change + ".public.t"));
    if (settings.containsKey("rewrite")) {
      config.put(
          "connection.url",
          config.get("connection.url").replaceFirst("\\?.*", "")
              + "?reWriteBatchedInserts="
              + settings.get("rewrite"));
    }
    config.putAll(settings);
    worker.put(name, config);
    awaitRow(change, name, 1);
    long begin = System.nanoTime();
    awaitRow(change, name, rows);
    double seconds = (System.nanoTime() - begin) / 1e9;
    worker.delete(name);
    try (Connection source = sandbox.source().connect(change);
        Connection target = sandbox.target().connect(name)) {
      var judgement = Oracle.compare(source, target, List.of("public"));
      if (!judgement.equal()) {
        System.out.println("NOT EQUAL " + settings + ": " + judgement);
      }
    }
    execute(sandbox.target(), "postgres", "DROP DATABASE " + name + " WITH (FORCE)");
    return seconds;
  }

  private void awaitRow(String change, String database, int id) throws SQLException {
    String question =
        switch (change) {
          case "insert" -> "SELECT EXISTS (SELECT FROM t WHERE id = " + id + ")";
          case "update" -> "SELECT amount >= 1000 FROM t WHERE id = " + id;
          default -> "SELECT NOT EXISTS (SELECT FROM t WHERE id = " + id + ")";
        };
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = sandbox.target().connect(database);
        Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet answer = statement.executeQuery(question)) {
          answer.next();
          if (answer.getBoolean(1)) {
            return;
          }
        }
        if (System.nanoTime() > deadline || !worker.isRunning(database)) {
          throw new ConnectFailure("Row " + id + " of " + database + " does not come");
        }
        Pause.of(LOOK);
      }
    }
  }

  private void awaitSlotFree(String database, String slot) throws SQLException {
    try (Connection connection = sandbox.source().connect(database);
        Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet answer =
            statement.executeQuery(
                "SELECT active FROM pg_replication_slots WHERE slot_name = '" + slot + "'")) {
          if (!answer.next() || !answer.getBoolean(1)) {
            return;
          }
        }
        Pause.of(LOOK);
      }
    }
  }

  private void awaitRecords(String topic, long count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (records(topic) < count) {
      if (System.nanoTime() > deadline) {
        throw new ConnectFailure("Topic " + topic + " has only " + records(topic));
      }
      Pause.of(LOOK);
    }
  }

  private long records(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", sandbox.kafka().bootstrap(), "allow.auto.create.topics", false);
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
    TopicPartition partition = new TopicPartition(topic, 0);
    if (!consumer.listTopics().containsKey(topic)) {
      return 0;
    }
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  private KafkaConsumer<byte[], byte[]> consumer;

  private void write(String change) throws SQLException {
    List<String> statements = new ArrayList<>();
    if (!change.equals("insert")) {
      // Not captured: who reads the log begins behind it, or has these rows too.
      execute(sandbox.source(), change, "ALTER PUBLICATION " + change + "_publication SET (publish = 'update, delete')");
      execute(sandbox.source(), change, insert(1, rows));
    }
    for (int from = 1; from <= rows; from += ROWS_PER_TRANSACTION) {
      int to = from + ROWS_PER_TRANSACTION - 1;
      statements.add(
          switch (change) {
            case "insert" -> insert(from, to);
            case "update" ->
                "UPDATE t SET amount = amount + 1000 WHERE id BETWEEN " + from + " AND " + to;
            default -> "DELETE FROM t WHERE id BETWEEN " + from + " AND " + to;
          });
    }
    try (Connection connection = sandbox.source().connect(change);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private void create(SandboxPostgres side, String database) throws SQLException {
    execute(side, database, "CREATE TABLE t (id bigint PRIMARY KEY, " + (wide ? WIDE : NARROW) + ")");
  }

  private String insert(int from, int to) {
    return "INSERT INTO t SELECT i, %s FROM generate_series(%d::bigint, %d) AS i"
        .formatted(values(), from, to);
  }

  private String values() {
    return wide ? WIDE_VALUES : NARROW_VALUES;
  }

  private static void execute(SandboxPostgres side, String database, String sql)
      throws SQLException {
    try (Connection connection = side.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
