package nl.veer.replicator.connect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "nl.veer.replicator.connect",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule noRings =
      slices()
          .matching("nl.veer.replicator.connect.(**)")
          .should()
          .beFreeOfCycles()
          .because("packages depend downwards");

  @ArchTest
  static final ArchRule onlyAnAdapter =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "nl.veer.connectors.capture..",
              "nl.veer.connectors.event.codec..",
              "nl.veer.replicator.apply..",
              "nl.veer.replicator.load..",
              "java.sql..",
              "io.debezium..",
              "org.apache.kafka.connect.runtime..")
          .because("Replicator applies and FetchedLogReader decodes; this only joins them");
}
