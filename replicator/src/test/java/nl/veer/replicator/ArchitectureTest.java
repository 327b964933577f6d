package nl.veer.replicator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "nl.veer.replicator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule noRings =
      slices()
          .matching("nl.veer.replicator.(*)..")
          .should()
          .beFreeOfCycles()
          .because("packages depend downwards; move what both need into the lower one");

  @ArchTest
  static final ArchRule loadAndApplyDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("..replicator.load..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..replicator.apply..")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("nl.veer.replicator")
          .because("they meet in the stamp's records; Replicator wires them");

  @ArchTest
  static final ArchRule applyKnowsOnlyTheStamp =
      noClasses()
          .that()
          .resideInAPackage("..replicator.apply..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..replicator.load..", "java.sql..", "org.postgresql..")
          .because("what apply asks of a database is a TargetSession; add it there");

  @ArchTest
  static final ArchRule onlyTheReplicatorNamesADatabase =
      noClasses()
          .that()
          .resideOutsideOfPackage("nl.veer.replicator")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("nl.veer.connectors.dialect.postgres..", "org.postgresql..")
          .because("a second database comes: use connectors.dialect's interfaces");

  @ArchTest
  static final ArchRule captureIsNotOurs =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "nl.veer.connectors.capture..",
              "nl.veer.verifier..",
              "org.apache.kafka..",
              "io.debezium..")
          .because("the replicator reads the log through LogReader and shares nothing else");

  @ArchTest
  static final ArchRule namesSayOneThing =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Service")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl")
          .because("a noun of the glossary says what it is");
}
