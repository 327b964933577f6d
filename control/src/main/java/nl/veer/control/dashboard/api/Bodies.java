package nl.veer.control.dashboard.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.control.dashboard.feed.StatusNow;
import nl.veer.control.dashboard.view.WaveFindings;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.WaveStatus;
import org.jspecify.annotations.Nullable;

/** Makes bodies of a status. What is too old is unknown in each of them. Pure. */
public final class Bodies {
  private Bodies() {}

  /**
   * @param name of the migration
   * @param version of this Veer
   */
  public static MigrationBody migration(String name, String version, StatusNow now, Instant at) {
    List<WaveBody> waves = waves(now, at).waves();
    List<String> troubles = new ArrayList<>();
    String trouble = now.trouble();
    if (trouble != null) {
      troubles.add(trouble);
    }
    for (WaveBody wave : waves) {
      wave.unknown().forEach(why -> troubles.add("wave " + wave.wave() + ": " + why));
      String failure = wave.failure();
      if (failure != null) {
        troubles.add("wave " + wave.wave() + ": " + failure);
      }
    }
    return new MigrationBody(
        name,
        version,
        text(now.at()),
        now.ageMillis(at),
        verdict(waves),
        waves.size(),
        waves.stream().mapToLong(wave -> wave.verdict().tables()).sum(),
        waves.stream().mapToLong(wave -> wave.verdict().equal()).sum(),
        waves.stream().mapToLong(wave -> wave.verdict().different()).sum(),
        waves.stream().mapToLong(wave -> wave.verdict().unknown()).sum(),
        troubles);
  }

  /** EQUAL only if each wave is, and there is one. */
  private static String verdict(List<WaveBody> waves) {
    List<String> all = waves.stream().map(wave -> wave.verdict().verdict()).toList();
    if (all.contains(VerdictBody.DIFFERENT)) {
      return VerdictBody.DIFFERENT;
    }
    boolean equal = !all.isEmpty() && all.stream().allMatch(VerdictBody.EQUAL::equals);
    return equal ? VerdictBody.EQUAL : VerdictBody.UNKNOWN;
  }

  public static WavesBody waves(StatusNow now, Instant at) {
    MigrationStatus status = now.status();
    return new WavesBody(
        text(now.at()),
        now.ageMillis(at),
        now.goodMillis(),
        now.trouble(),
        status == null
            ? List.of()
            : status.waves().stream().map(wave -> WaveBody.of(wave, now, at)).toList());
  }

  /** Empty if there is no such wave. */
  public static Optional<WaveBody> wave(String name, StatusNow now, Instant at) {
    return waves(now, at).waves().stream().filter(wave -> wave.wave().equals(name)).findFirst();
  }

  /**
   * Empty if there is no such wave.
   *
   * @param looked what scans have counted
   */
  public static Optional<TablePage> tables(
      String wave, TablesAsked asked, LookedTables looked, StatusNow now, Instant at) {
    return status(wave, now)
        .map(
            status -> {
              List<TableBody> all = Tables.of(status, looked, now.isSilent(at));
              List<TableBody> fitting =
                  all.stream().filter(asked::fits).sorted(asked.order().comparator()).toList();
              int from = Math.min(asked.offset(), fitting.size());
              int to = Math.min(from + asked.limit(), fitting.size());
              return new TablePage(
                  text(now.at()),
                  now.ageMillis(at),
                  now.goodMillis(),
                  wave,
                  all.size(),
                  fitting.size(),
                  asked.offset(),
                  looked.trouble(),
                  fitting.subList(from, to));
            });
  }

  /** Empty if there is no such wave or table. */
  public static Optional<TableDetail> table(
      String wave, String table, LookedTables looked, StatusNow now, Instant at) {
    return status(wave, now)
        .flatMap(status -> Tables.find(status, table, looked, now.isSilent(at)))
        .map(
            found ->
                new TableDetail(
                    text(now.at()),
                    now.ageMillis(at),
                    now.goodMillis(),
                    wave,
                    found,
                    List.of(),
                    List.of()));
  }

  /** What stands in the way of each wave, and what its ledger found. */
  public static IncidentPage incidents(List<WaveFindings> found, StatusNow now, Instant at) {
    List<IncidentPage.Wave> waves = new ArrayList<>();
    for (WaveFindings findings : found) {
      Optional<WaveBody> wave = wave(findings.wave(), now, at);
      waves.add(
          new IncidentPage.Wave(
              findings.wave(),
              wave.map(WaveBody::state).orElse(null),
              wave.map(WaveBody::failure).orElse(null),
              wave.map(WaveBody::unknown).orElse(List.of()),
              findings.findings(),
              findings.next()));
    }
    return new IncidentPage(text(now.at()), now.ageMillis(at), waves);
  }

  private static Optional<WaveStatus> status(String wave, StatusNow now) {
    MigrationStatus status = now.status();
    return status == null
        ? Optional.empty()
        : status.waves().stream().filter(one -> one.wave().equals(wave)).findFirst();
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
