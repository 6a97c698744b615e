package dev.holdfast.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the modules, over the whole class path: who may know whom. */
class ArrowsTest {
  private static final String OURS = "dev.holdfast..";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.holdfast");

  /** A module's package and the packages of ours that it may use beside its own. */
  record Arrows(String from, List<String> to) {
    static Arrows of(String from, String... to) {
      return new Arrows(from, List.of(to));
    }

    String[] allowed() {
      return Stream.concat(Stream.of(from), to.stream())
          .map(p -> "dev.holdfast." + p + "..")
          .toArray(String[]::new);
    }
  }

  static Stream<Arrows> modules() {
    return Stream.of(
        Arrows.of("protocol"),
        Arrows.of("report"),
        Arrows.of("server", "protocol"),
        Arrows.of("client", "protocol"),
        Arrows.of("proxy", "protocol"),
        Arrows.of("scenarios", "protocol", "server", "client", "proxy", "report"),
        Arrows.of("load", "protocol", "scenarios.check", "client", "report"),
        Arrows.of("cli", "protocol", "server", "client", "proxy", "scenarios", "load", "report"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleKnowsOnlyThoseThatItsArrowsLeadTo(Arrows arrows) {
    noClasses()
        .that(resideInAPackage("dev.holdfast." + arrows.from() + ".."))
        .should()
        .dependOnClassesThat(resideInAPackage(OURS).and(not(resideInAnyPackage(arrows.allowed()))))
        .check(CLASSES);
  }

  @Test
  void everyModuleHasArrows() {
    Set<String> rooms = new TreeSet<>();
    CLASSES.forEach(c -> rooms.add(c.getPackageName().split("\\.", -1)[2]));
    Set<String> known = new TreeSet<>();
    modules().forEach(m -> known.add(m.from()));
    assertEquals(known, rooms);
  }

  @Test
  void commandsStandAloneInTheirPackage() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Command")
        .and(resideInAPackage("dev.holdfast.cli.."))
        .should()
        .resideInAPackage("dev.holdfast.cli")
        .check(CLASSES);
  }
}
