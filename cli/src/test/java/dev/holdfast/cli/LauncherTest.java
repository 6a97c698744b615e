package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.LauncherTree.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a Maven and a JDK that only say what they were asked. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX script")
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "holdfast");

  @TempDir Path folder;
  private LauncherTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = LauncherTree.in(folder, LAUNCHER);
  }

  private void touch(String source) throws IOException {
    Instant later = Instant.now().plusSeconds(5);
    Files.setLastModifiedTime(tree.root().resolve(source), FileTime.from(later));
  }

  @Test
  void buildsOnceAndThenOnlyRuns() throws Exception {
    Ended first = tree.run("gate", "--out", "a b");
    Ended second = tree.run("gate", "--out", "a b");

    assertTrue(first.said().startsWith("holdfast: building"), first::said);
    assertTrue(second.said().startsWith("java 9001.0.1: "), second::said);
    assertTrue(second.said().endsWith("holdfast.jar gate --out a b\n"), second::said);
    assertEquals(1, tree.timesBuilt());
  }

  @Test
  void aQuickGateDoesWithoutTheOptimizingCompiler() throws Exception {
    String quick = "-XX:TieredStopAtLevel=1";
    Ended ended = tree.run("gate", "--quick", "--out", "a b");

    assertTrue(ended.said().contains(quick), ended::said);
    assertTrue(ended.said().endsWith("holdfast.jar gate --quick --out a b\n"), ended::said);
    assertFalse(tree.run("gate", "--out", "--quicker").said().contains(quick));
  }

  @Test
  void buildsAgainWhenASourceChangedOrWentAway() throws Exception {
    tree.run();
    touch("reports/src/main/jte/page.jte");
    tree.run();
    assertEquals(2, tree.timesBuilt());

    Files.delete(tree.root().resolve("cli/src/main/java/Main.java"));
    touch("cli/src/main/java");
    tree.run();
    assertEquals(3, tree.timesBuilt());
  }

  @Test
  void aFailedBuildShowsItsErrorsAloneAndIsTriedAgain() throws Exception {
    tree.breakBuild();

    Ended ended = tree.run("gate");

    assertEquals(70, ended.exitCode());
    assertTrue(ended.said().contains("[ERROR] Foo.java:[3,7] no such thing"), ended::said);
    assertFalse(ended.said().contains("[INFO]"), ended::said);
    assertEquals(70, tree.run("gate").exitCode());
    assertEquals(2, tree.timesBuilt());
  }

  @Test
  void theNewestJdkIsTaken() throws Exception {
    tree.jdk("home/.sdkman/candidates/java/older", "9000.0.1");
    tree.jdk("home/.sdkman/candidates/java/newer", "9002");

    assertTrue(tree.run().said().contains("java 9002: "));
  }

  @Test
  void withoutAFitJdkItSaysWhatToInstall() throws Exception {
    tree.edit("OLDEST_JDK=21", "OLDEST_JDK=9999");

    Ended ended = tree.run("gate");

    assertEquals(64, ended.exitCode());
    assertEquals(1, ended.said().lines().count(), ended::said);
    assertTrue(ended.said().contains("needs a JDK 9999 or newer"), ended::said);
    assertTrue(ended.said().contains("install one"), ended::said);
    assertEquals(0, tree.timesBuilt());
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    tree.removeTool("mvn");

    Ended ended = tree.run("gate");

    assertEquals(64, ended.exitCode());
    assertEquals(1, ended.said().lines().count(), ended::said);
    assertTrue(ended.said().contains("install Maven"), ended::said);
  }

  @Test
  void findsItsTreeThroughALink() throws Exception {
    Path link = folder.resolve("deep").resolve("hf");
    Files.createDirectories(folder.resolve("deep"));
    Files.createSymbolicLink(link, Path.of("..", "tree", "holdfast"));

    Ended ended = LauncherTree.end(tree.start(link, "--version"));

    assertEquals(0, ended.exitCode(), ended::said);
    assertTrue(ended.said().contains("tree/cli/target/holdfast.jar --version"), ended::said);
    assertTrue(ended.said().contains("-Dholdfast.called=" + link), ended::said);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    twoAtOnce();
    assertEquals(1, tree.timesBuilt());
  }

  @Test
  void twoAtOnceBuildOnceWithoutFlockToo() throws Exception {
    tree.removeTool("flock");
    twoAtOnce();
    assertEquals(1, tree.timesBuilt());
  }

  @Test
  void theLockOfADeadBuildIsTaken() throws Exception {
    tree.removeTool("flock");
    Files.createDirectories(tree.root().resolve("cli/target"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createSymbolicLink(
        tree.root().resolve("cli/target/build.pid"), Path.of(String.valueOf(dead.pid())));

    assertEquals(0, tree.run().exitCode());
  }

  private void twoAtOnce() throws IOException, InterruptedException {
    Process one = tree.start(tree.root().resolve("holdfast"), "gate");
    Process two = tree.start(tree.root().resolve("holdfast"), "gate");
    assertEquals(0, LauncherTree.end(one).exitCode());
    assertEquals(0, LauncherTree.end(two).exitCode());
  }
}
