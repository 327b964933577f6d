package nl.veer.control;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house rules of this module. */
@AnalyzeClasses(packages = "nl.veer.control", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule noRings =
      slices()
          .matching("nl.veer.control.(*)..")
          .should()
          .beFreeOfCycles()
          .because("packages point one way: cli, demo, gate, status and check, wave, config");

  @ArchTest
  static final ArchRule configKnowsNobodyHere =
      noClasses()
          .that()
          .resideInAPackage("nl.veer.control.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "nl.veer.control.cli..",
              "nl.veer.control.wave..",
              "nl.veer.control.status..",
              "nl.veer.control.check..",
              "nl.veer.control.gate..",
              "nl.veer.control.dashboard..",
              "nl.veer.control.demo..")
          .because("the configuration is a value; whoever acts on it comes to fetch it");

  @ArchTest
  static final ArchRule onlyTheCliSpeaksPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("nl.veer.control.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .because("what a command does must be callable without a command line; move it down");

  @ArchTest
  static final ArchRule onlyConfigReadsYaml =
      noClasses()
          .that()
          .resideOutsideOfPackage("nl.veer.control.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.yaml..")
          .because("everybody else gets records from control.config");

  @ArchTest
  static final ArchRule noForeignSystemsHere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.debezium..", "org.apache.kafka..", "io.confluent..", "org.postgresql..")
          .because("what touches a database or Kafka belongs into connectors; call it there");

  @ArchTest
  static final ArchRule theSandboxIsForTheDemoAndTheEmbeddedLog =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "nl.veer.control.demo..", "nl.veer.control.wave..", "nl.veer.control.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("nl.veer.sandbox..")
          .because("checks and status must work where no server is embedded");

  @ArchTest
  static final ArchRule onlyTheDashboardsServerSpeaksHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("nl.veer.control.dashboard.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..")
          .because("routes and bodies are tested without a server; give it what it shall serve");

  @ArchTest
  static final ArchRule theDashboardReadsThroughItsView =
      noClasses()
          .that()
          .resideInAnyPackage(
              "nl.veer.control.dashboard.api..",
              "nl.veer.control.dashboard.command..",
              "nl.veer.control.dashboard.feed..",
              "nl.veer.control.dashboard.http..",
              "nl.veer.control.dashboard.openapi..",
              "nl.veer.control.dashboard.page..",
              "nl.veer.control.dashboard.route..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "nl.veer.control.dashboard.live..")
          .because(
              "whoever looks reaches no database; add a method to MigrationView or CommandDriver");

  @ArchTest
  static final ArchRule whoJudgesAsksNobody =
      noClasses()
          .that()
          .resideInAnyPackage(
              "nl.veer.control.metrics..", "nl.veer.control.health..", "nl.veer.control.alert..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "nl.veer.connectors.log..")
          .because("a scrape, a check or a rule must not wait for a server; read it in reading");

  @ArchTest
  static final ArchRule onlyMetricsKnowMicrometer =
      noClasses()
          .that()
          .resideOutsideOfPackage("nl.veer.control.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..")
          .because("another form of metrics is one package's business");

  @ArchTest
  static final ArchRule namesSayOneThing =
      classes()
          .should()
          .haveNameNotMatching(
              ".*(Manager|Helper|Util|Utils|Service|Processor|Handler|Impl|Info|Data|Abstract"
                  + "|Base)$")
          .because("such a name says nothing; name what the class owns");
}
