package dev.holdfast.protocol;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.Timer;

/** The protocol decides and does nothing: no socket, file, thread, clock, chance or log. */
@AnalyzeClasses(
    packages = "dev.holdfast.protocol",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "dev.holdfast.protocol";

  private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD =
      resideInAnyPackage(
          "java.net..",
          "java.nio.file..",
          "java.nio.channels..",
          "java.util.concurrent..",
          "java.util.logging..",
          "java.lang.System.Logger..",
          "org.slf4j..",
          "java.sql..",
          "javax..");

  @ArchTest
  static final ArchRule touchesNoOutsideWorld =
      noClasses().should().dependOnClassesThat(OUTSIDE_WORLD);

  @ArchTest
  static final ArchRule hasNoChanceThreadOrClock =
      noClasses()
          .should()
          .dependOnClassesThat(
              type(Random.class)
                  .or(type(Thread.class))
                  .or(type(Timer.class))
                  .or(type(Clock.class))
                  .or(
                      resideInAnyPackage("java.util.random..", "java.security..")
                          .and(
                              DescribedPredicate.not(
                                  nameIn(
                                      "java.security.MessageDigest",
                                      "java.security.NoSuchAlgorithmException")))));

  @ArchTest
  static final ArchRule readsNoClock =
      noClasses()
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule onlyTheCodecKnowsInputAndOutput =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".codec..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.io..")
                  .and(DescribedPredicate.not(nameIn("java.io.Serializable"))));

  @ArchTest
  static final ArchRule theCodecOnlyWritesToMemory =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".codec..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.io..")
                  .and(
                      DescribedPredicate.not(
                          type(IOException.class)
                              .or(
                                  nameIn(
                                      "java.io.UncheckedIOException",
                                      "java.io.StringWriter",
                                      "java.io.Writer",
                                      "java.io.Serializable")))));

  @ArchTest static final ArchRule framesKnowNobody = onlyKnows("frame", "frame");

  @ArchTest static final ArchRule theCodecKnowsFrames = onlyKnows("codec", "codec", "frame");

  @ArchTest
  static final ArchRule theServerKnowsNoClient = onlyKnows("server", "server", "codec", "frame");

  @ArchTest
  static final ArchRule theClientKnowsNoServer = onlyKnows("client", "client", "codec", "frame");

  @ArchTest static final ArchRule theJournalStandsApart = onlyKnows("journal", "journal");

  private static ArchRule onlyKnows(String room, String... known) {
    String[] packages = new String[known.length];
    for (int i = 0; i < known.length; i++) {
      packages[i] = ROOT + "." + known[i] + "..";
    }
    return classes()
        .that()
        .resideInAPackage(ROOT + "." + room + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(packages)
                .or(resideInAnyPackage(ROOT))
                .or(DescribedPredicate.not(resideInAnyPackage("dev.holdfast.."))));
  }

  private static DescribedPredicate<JavaClass> nameIn(String... names) {
    DescribedPredicate<JavaClass> any = DescribedPredicate.alwaysFalse();
    for (String name : names) {
      any =
          any.or(
              com.tngtech.archunit.core.domain.properties.HasName.Predicates.name(name)
                  .forSubtype());
    }
    return any.as(String.join(", ", names));
  }
}
