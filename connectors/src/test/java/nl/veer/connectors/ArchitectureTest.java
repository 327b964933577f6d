package nl.veer.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may see which. */
@AnalyzeClasses(
    packages = "nl.veer.connectors",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule noRings =
      slices()
          .matching("nl.veer.connectors.(**)")
          .should()
          .beFreeOfCycles()
          .because("dependencies point downwards; move what both need to the lower package");

  @ArchTest
  static final ArchRule debeziumStaysInside =
      noClasses()
          .that()
          .resideOutsideOfPackages("..capture..", "..event.codec..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.debezium..", "org.apache.kafka.connect..")
          .because("only capture and codec know Debezium; give the others the event model");

  @ArchTest
  static final ArchRule eventsKnowNothing =
      noClasses()
          .that()
          .resideInAPackage("nl.veer.connectors.event")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "nl.veer.connectors.event.codec..",
              "nl.veer.connectors.log..",
              "nl.veer.connectors.capture..",
              "nl.veer.connectors.dialect..",
              "org.apache..",
              "java.sql..")
          .because("an event is a value; whoever reads or writes it depends on it");

  @ArchTest
  static final ArchRule jdbcStaysAtTheEdges =
      noClasses()
          .that()
          .resideOutsideOfPackages("..dialect..", "..capture..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..")
          .because("databases are the dialects' business; ask one of them");

  @ArchTest
  static final ArchRule confluentStaysInTheLog =
      noClasses()
          .that()
          .resideOutsideOfPackage("..log..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.confluent..")
          .because("only AvroRegistry speaks to a registry; others ask SchemaIds");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      classes()
          .should()
          .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Service|Processor|Handler|Impl|Info)")
          .because("such a name hides what the class is; use the glossary's noun");
}
