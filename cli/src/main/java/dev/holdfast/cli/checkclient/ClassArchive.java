package dev.holdfast.cli.checkclient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The reference client's classes as a JVM maps them (class data sharing, from JDK 25 on an AOT
 * cache), made by one {@link Rehearsal} and kept beside the jars: half of the CPU of a start. It is
 * only ever faster: where it cannot be made, the client starts without it.
 */
final class ClassArchive {
  /** JEP 514 and 515: the classes are kept linked, with what was seen of their methods. */
  private static final boolean AHEAD = Runtime.version().feature() >= 25;

  private ClassArchive() {}

  /** What lets a JVM begin with the archive. */
  static List<String> use(Path archive) {
    return List.of("-Xlog:disable", (AHEAD ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
  }

  /** The archive, made where there is none as new as the jars; nothing where none can be. */
  static Optional<Path> ofReferenceClient(Consumer<String> note) {
    List<Path> jars = ReferenceClient.classPath().toList();
    if (!jars.stream().allMatch(Files::isRegularFile)) {
      return Optional.empty();
    }
    Path archive = jars.getFirst().resolveSibling(name());
    try {
      if (isStale(archive, jars)) {
        note.accept("preparing the reference client, once a build");
        make(archive);
      }
      return Optional.of(archive);
    } catch (IOException e) {
      note.accept("the reference client starts slowly: " + e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** An archive is good for exactly one JVM. */
  private static String name() {
    return "reference-client-" + Runtime.version() + (AHEAD ? ".aot" : ".jsa");
  }

  private static boolean isStale(Path archive, List<Path> jars) throws IOException {
    if (!Files.exists(archive)) {
      return true;
    }
    for (Path jar : jars) {
      if (Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(archive)) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Under a name of its own until it is whole: several may make it at one time. */
  private static void make(Path archive) throws IOException, InterruptedException {
    Path unfinished =
        archive.resolveSibling(archive.getFileName() + "." + ProcessHandle.current().pid());
    String option = AHEAD ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    try {
      Rehearsal.play(List.of("-Xlog:disable", option + unfinished));
      if (!Files.exists(unfinished)) {
        throw new IOException("the JVM made no archive of its classes");
      }
      Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
