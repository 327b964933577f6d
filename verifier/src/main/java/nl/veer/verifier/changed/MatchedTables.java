package nl.veer.verifier.changed;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.verifier.record.ScanBase;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.TableFacts;
import nl.veer.verifier.scan.postgres.TableMatch;
import nl.veer.verifier.scan.postgres.TableMatch.Match;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.Exclusion;

/** The tables as both sides' catalogs have them now. */
record MatchedTables(
    Map<TableId, TableFacts> source, Map<TableId, TableFacts> target, Tolerances tolerances) {

  static MatchedTables read(ChangeGround ground) {
    try (ScanSession source = ScanSession.source(ground.endpoints().source(), RowHash.random());
        ScanSession target = ScanSession.target(ground.endpoints().target(), RowHash.random())) {
      return new MatchedTables(
          source.ask("reading the tables' definitions", TableFacts::read),
          target.ask("reading the tables' definitions", TableFacts::read),
          ground.tolerances());
    }
  }

  /**
   * @throws Failure if it cannot be compared
   */
  ScanTable require(TableId id) {
    Match match = TableMatch.of(id, source.get(id), target.get(id), tolerances);
    if (match instanceof Match.Comparable fit) {
      return fit.table();
    }
    throw new Failure(FailureKind.CONFIGURATION, "TABLE_UNFIT", ((Match.Unfit) match).why());
  }

  /** With another primary key of the target its log may leave out a change of the source's. */
  boolean echoTellsKeys(TableId id) {
    TableFacts here = source.get(id);
    TableFacts there = target.get(id);
    return here != null
        && there != null
        && there.logTellsKeys()
        && new HashSet<>(there.key()).equals(new HashSet<>(here.key()));
  }

  /** Whether the scan has compared what would be compared now. */
  boolean isAlike(ScanBase base) {
    return named(base.exclusions()).equals(named(require(base.table()).exclusions(0)));
  }

  private static Set<List<String>> named(List<Exclusion> exclusions) {
    return exclusions.stream()
        .map(one -> List.of(one.column(), one.why()))
        .collect(Collectors.toSet());
  }
}
