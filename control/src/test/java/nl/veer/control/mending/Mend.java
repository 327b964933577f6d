package nl.veer.control.mending;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.TableId;
import nl.veer.control.cli.Veer;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.WaveScan;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.verdict.ScanStatement;

/** A world's crossing with its proof on, scans of it, and the commands that mend. */
final class Mend {
  private final CrossingWorld world;
  private final Path config;
  private final Crossing crossing;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private Mend(CrossingWorld world, Path config, Crossing crossing) {
    this.world = world;
    this.config = config;
    this.crossing = crossing;
  }

  /** Begins the crossing and waits until it is live. */
  static Mend begin(CrossingWorld world, Path directory) throws SQLException {
    RoleHome.of(world, directory, "verification: {ledger: true}\n");
    Migration plain = world.migration();
    Migration migration =
        new Migration(
            plain.source(),
            plain.target(),
            plain.waves(),
            plain.tuning(),
            VerificationConfig.of(true, false),
            directory);
    Crossing crossing = world.begin(Role.RUN, migration, log());
    crossing.awaitReplicating();
    return new Mend(world, directory.resolve("veer.yaml"), crossing);
  }

  static OpenLog log() {
    return OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());
  }

  /** The configuration that the commands read. */
  Path config() {
    return config;
  }

  Crossing crossing() {
    return crossing;
  }

  /** Scans these tables, all if none are given, and keeps what differs. */
  ScanStatement scan(TableId... tables) throws SQLException {
    return WaveScan.onRecord(world, world.migration(), List.of(tables));
  }

  /** What is on record, open or closed, oldest first. */
  List<DifferenceRecord> differences() throws SQLException {
    return onRecord().differences();
  }

  WaveDifferences onRecord() throws SQLException {
    try (Connection target = world.target()) {
      return WaveDifferences.read(target, world.wave, null, 1_000, true);
    }
  }

  /** Runs a command; answers its exit code. */
  int veer(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "-c";
    all[arguments.length + 1] = config.toString();
    return Veer.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  String out() {
    assertThat(err.toString()).doesNotContain("unexpected, please report");
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
