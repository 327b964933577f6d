package nl.veer.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "nl.veer.sandbox", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule standsOnItsOwn =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "nl.veer.connectors..",
              "nl.veer.replicator..",
              "nl.veer.verifier..",
              "nl.veer.control..",
              "io.debezium..")
          .because(
              "the sandbox and its oracle judge the other modules; move what both need into the"
                  + " sandbox or hand it in as a value");

  @ArchTest
  static final ArchRule packagesMakeNoRing =
      slices()
          .matching("nl.veer.sandbox.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package is read after those it uses; move the shared part down to process");

  @ArchTest
  static final ArchRule theOracleTrustsNobody =
      noClasses()
          .that()
          .resideInAPackage("nl.veer.sandbox.oracle")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "nl.veer.sandbox.process",
              "nl.veer.sandbox.postgres",
              "nl.veer.sandbox.kafka",
              "nl.veer.sandbox.registry",
              "nl.veer.sandbox.workload")
          .because("its judgement must not rest on what wrote the rows; give it connections only");

  @ArchTest
  static final ArchRule serversKnowOnlyProcesses =
      noClasses()
          .that()
          .resideInAnyPackage(
              "nl.veer.sandbox.postgres", "nl.veer.sandbox.kafka", "nl.veer.sandbox.registry")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("nl.veer.sandbox.workload", "nl.veer.sandbox.oracle")
          .because("a server serves anybody; join the two in Sandbox or in the caller");

  @ArchTest
  static final ArchRule kafkaStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("nl.veer.sandbox.kafka")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kafka..", "org.apache.kafka..")
          .because("the broker is replaced there alone; give others bootstrap()");

  @ArchTest
  static final ArchRule plainNames =
      classes()
          .should()
          .haveNameNotMatching(
              ".*(Manager|Helper|Util|Utils|Service|Processor|Handler|Impl|Info|Data|Base)")
          .because("a name says the one thing that a class is; see the house's style");
}
