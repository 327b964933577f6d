package nl.veer.control.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.ToleranceConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WavePlan;
import nl.veer.control.report.ReportDocument.Configuration;
import nl.veer.control.report.ReportDocument.Side;
import nl.veer.verifier.record.AuditLog;
import nl.veer.verifier.record.AuditRecord;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;

/**
 * Reads a report from the records at home and at each leg's target, whichever process runs the
 * migration. A source that does not answer makes a report that says so; without home there is none.
 */
public final class ReportReader {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final VeerConfig config;
  private final Path file;
  private final String veer;
  private final List<ReportedLeg> legs;
  private final List<Chapter.Source> chapters;

  /**
   * @param file that the configuration was read from
   * @param veer the version of this Veer
   * @param legs in the order in which they are told of
   */
  public ReportReader(VeerConfig config, Path file, String veer, List<ReportedLeg> legs) {
    this.config = config;
    this.file = file;
    this.veer = veer;
    this.legs = List.copyOf(legs);
    this.chapters =
        List.of(
            TableChapter.WAIVERS, TableChapter.CUTOVERS, TableChapter.LEGS, TableChapter.FENCES);
  }

  /**
   * @throws Failure as the target says; CONFIGURATION if the file is not there any more
   */
  public ReportDocument read() {
    SourceLook source = source();
    TargetConnections target = new TargetConnections(config.target().endpoint());
    try (Connection home = open(target)) {
      return read(home, source);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "reading the report");
    }
  }

  /** All questions see one state. */
  private static Connection open(TargetConnections target) throws SQLException {
    Connection connection = target.openBounded("report", ANSWER);
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private ReportDocument read(Connection home, SourceLook source) throws SQLException {
    WavePlan plan = WavePlan.of(config, source.tables);
    List<WaveSection> waves = new ArrayList<>();
    Incidents incidents = Incidents.NONE;
    Verdict all =
        legs.isEmpty()
            ? Verdict.unknown(UnknownReason.NEVER_SCANNED, "There is no wave.")
            : Verdict.equal();
    for (ReportedLeg leg : legs) {
      LegRead read = read(leg, plan);
      waves.add(read.wave.section());
      if (leg.current()) {
        all = all.and(read.wave.verdict());
      }
      incidents = incidents.and(read.incidents);
    }
    List<AuditRecord> audit = AuditLog.read(home, config.migration());
    return new ReportDocument(
        ReportDocument.FORMAT,
        veer,
        config.migration(),
        now(home),
        all.word(),
        words(all, waves),
        source.side,
        new Side(config.target().url(), version(home), null),
        new Configuration(String.valueOf(file.getFileName()), sha256()),
        waves,
        Leftover.of(config, source.tables),
        source.side.unread(),
        config.verification().tolerances().stream()
            .map(ToleranceConfig::tolerance)
            .map(Object::toString)
            .toList(),
        incidents.listed(),
        incidents.allListed(),
        chapters(home),
        AuditSection.of(audit));
  }

  private record LegRead(WaveReader.Read wave, Incidents incidents) {}

  /** What stands on the source is left unknown while that does not answer. */
  private LegRead read(ReportedLeg leg, WavePlan plan) throws SQLException {
    List<TableId> planned =
        leg.current() ? plan.tables().getOrDefault(leg.leg().home(), List.of()) : List.of();
    try (Connection connection = open(leg.leg().to())) {
      return new LegRead(
          new WaveReader(connection, leg, config.verification()).read(planned),
          Incidents.read(connection, leg.leg().wave()));
    } catch (SQLException e) {
      if (leg.isAtHome()) {
        throw e;
      }
      return new LegRead(WaveReader.unread(leg, PostgresFailures.words(e)), Incidents.UNREAD);
    } catch (Failure failure) {
      if (leg.isAtHome() || failure.kind() != FailureKind.TRANSIENT) {
        throw failure;
      }
      return new LegRead(
          WaveReader.unread(leg, String.valueOf(failure.getMessage())), Incidents.UNREAD);
    }
  }

  private static String words(Verdict verdict, List<WaveSection> waves) {
    long tables =
        waves.stream().filter(WaveSection::current).mapToLong(wave -> wave.tables().size()).sum();
    if (verdict instanceof Verdict.Unknown unknown) {
      return unknown.words();
    }
    return verdict instanceof Verdict.Different different
        ? "%,d rows or changes are known to differ; they are listed as incidents."
            .formatted(different.rows())
        : ("Each of %,d tables holds the same rows on both sides, at the positions that are given"
                + " with it, but for what is listed as not compared.")
            .formatted(tables);
  }

  private List<Chapter> chapters(Connection home) throws SQLException {
    List<Chapter> read = new ArrayList<>();
    for (Chapter.Source chapter : chapters) {
      read.add(chapter.read(home, config.migration()));
    }
    return read;
  }

  /** What there is on the source; nothing if it does not answer, and why. */
  private record SourceLook(Side side, List<TableId> tables) {}

  private SourceLook source() {
    SourceConnections source = new SourceConnections(config.source().endpoint());
    try (Connection connection = source.openBounded("report", ANSWER)) {
      return new SourceLook(
          new Side(config.source().url(), version(connection), null),
          PostgresCatalog.tables(connection).stream().map(TableSchema::id).toList());
    } catch (SQLException e) {
      String why = PostgresFailures.words(e);
      return new SourceLook(
          new Side(config.source().url(), null, "The source could not be read: " + why), List.of());
    }
  }

  private static String version(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SHOW server_version");
        ResultSet row = query.executeQuery()) {
      row.next();
      return "PostgreSQL " + row.getString(1);
    }
  }

  private static String now(Connection home) throws SQLException {
    try (PreparedStatement query = home.prepareStatement("SELECT clock_timestamp()");
        ResultSet row = query.executeQuery()) {
      row.next();
      Timestamp now = row.getTimestamp(1);
      return now.toInstant().toString();
    }
  }

  private String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new Failure(
          FailureKind.CONFIGURATION, "CONFIG_FILE", "Cannot read " + file + " any more.", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
