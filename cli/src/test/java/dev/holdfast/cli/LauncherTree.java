package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small tree of sources with the real launcher in it, and a Maven and a JDK that only say what
 * they were asked.
 */
final class LauncherTree {
  /** All that the launcher may call. */
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cut",
          "dirname",
          "find",
          "flock",
          "grep",
          "head",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sleep",
          "stty",
          "touch");

  private final Path root;

  /** What a process said, standard error after standard output, and its exit code. */
  record Ended(int exitCode, String said) {}

  private LauncherTree(Path root) {
    this.root = root;
  }

  /** Makes one below a folder; {@code launcher} is the script under test. */
  static LauncherTree in(Path folder, Path launcher) throws IOException {
    LauncherTree tree = new LauncherTree(folder.resolve("tree"));
    tree.file("tree/pom.xml", "<project/>");
    tree.file("tree/reports/pom.xml", "<project/>");
    tree.file("tree/reports/src/main/jte/page.jte", "page");
    tree.file("tree/cli/src/main/java/Main.java", "class Main {}");
    tree.script("tree/holdfast", Files.readString(launcher));
    for (String tool : TOOLS) {
      tree.wrap(tool);
    }
    tree.script("tools/mvn", tree.maven());
    tree.jdk("home/.sdkman/candidates/java/newest", "9001.0.1");
    return tree;
  }

  /** Notes each build, takes a moment, fails when told to, and else makes a jar. */
  private String maven() {
    return """
    #!/bin/sh
    echo "$@" >>"%s"
    sleep 0.2
    [ ! -f "%s" ] || { echo "[INFO] much"; echo "[ERROR] Foo.java:[3,7] no such thing"; exit 1; }
    touch "%s"
    """
        .formatted(builds(), broken(), root.resolve("cli/target/holdfast.jar"));
  }

  private Path base() {
    return root.resolveSibling("");
  }

  private Path builds() {
    return base().resolve("builds.log");
  }

  private Path broken() {
    return base().resolve("broken");
  }

  /** A script that becomes the real tool; of a link JUnit would warn when it removes the folder. */
  private void wrap(String tool) throws IOException {
    for (String folder : List.of("/usr/bin", "/bin")) {
      Path real = Path.of(folder, tool);
      if (Files.exists(real)) {
        script("tools/" + tool, "#!/bin/sh\nexec " + real + " \"$@\"\n");
        return;
      }
    }
  }

  Path file(String name, String text) throws IOException {
    Path file = base().resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }

  Path script(String name, String text) throws IOException {
    Path file = file(name, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A JDK whose java says which one it is and what it was given. */
  Path jdk(String name, String version) throws IOException {
    script(name + "/bin/java", "#!/bin/sh\necho \"java " + version + ": $*\"\n");
    script(name + "/bin/javac", "#!/bin/sh\n");
    file(name + "/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return base().resolve(name);
  }

  void removeTool(String tool) throws IOException {
    Files.deleteIfExists(base().resolve("tools").resolve(tool));
  }

  /** From now on a build fails. */
  void breakBuild() throws IOException {
    file("broken", "");
  }

  /** Changes a line of the launcher itself. */
  void edit(String old, String replacement) throws IOException {
    Path launcher = root.resolve("holdfast");
    Files.writeString(launcher, Files.readString(launcher).replace(old, replacement));
  }

  Path root() {
    return root;
  }

  int timesBuilt() throws IOException {
    return Files.exists(builds()) ? Files.readAllLines(builds()).size() : 0;
  }

  Ended run(String... args) throws IOException, InterruptedException {
    return end(start(root.resolve("holdfast"), args));
  }

  Process start(Path launcher, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(base().toFile());
    builder.environment().clear();
    builder.environment().put("PATH", base().resolve("tools").toString());
    builder.environment().put("HOME", base().resolve("home").toString());
    return builder.start();
  }

  static Ended end(Process process) throws IOException, InterruptedException {
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        throw new IOException("the launcher did not end");
      }
      return new Ended(process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }
}
