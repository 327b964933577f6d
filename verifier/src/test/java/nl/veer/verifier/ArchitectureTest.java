package nl.veer.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "nl.veer.verifier", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule proofIsIndependent =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("nl.veer.replicator..", "nl.veer.control..", "nl.veer.sandbox..")
          .because(
              "a verifier that shares code with the replicator shares its mistakes;"
                  + " read events and rows through connectors instead");

  @ArchTest
  static final ArchRule captureStaysInside =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.debezium..", "org.apache.kafka.connect..")
          .because("Debezium and Kafka Connect types stay in connectors; use its event model");
}
