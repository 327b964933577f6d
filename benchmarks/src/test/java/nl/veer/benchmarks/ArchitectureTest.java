package nl.veer.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "nl.veer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule nothingDependsOnMeasurements =
      noClasses()
          .that()
          .resideOutsideOfPackage("nl.veer.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("nl.veer.benchmarks..")
          .because("a product does not need its measurements; move what is shared to its module");
}
