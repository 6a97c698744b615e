package dev.holdfast.cli.checkclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.protocol.Profile;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The reference client's classes as a JVM maps them (class data sharing, from JDK 25 on an AOT
 * cache), made by one conversation and kept beside the jar: half of the CPU of a start. It is only
 * ever faster: where it cannot be made, the client starts without it.
 */
final class ClassArchive {
  private static final long MADE_WITHIN_MS = 30_000;
  private static final String SAY = "{\"n\":1,\"cmd\":\"send\",\"content\":\"hello\"}\n";

  private static final int JDK = Runtime.version().feature();

  /** JEP 514 and 515: the classes are kept linked, with what was seen of their methods. */
  private static final boolean AHEAD = JDK >= 25;

  private ClassArchive() {}

  /** What lets a JVM begin with the archive. */
  static List<String> use(Path archive) {
    return List.of("-Xlog:disable", (AHEAD ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
  }

  /** The archive, made where there is none as new as the jars; nothing where none can be. */
  static Optional<Path> ofReferenceClient() {
    Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
    if (!jar.toString().endsWith(".jar") || jar.toAbsolutePath().getParent() == null) {
      return Optional.empty();
    }
    Path archive = jar.resolveSibling("reference-client-" + JDK + (AHEAD ? ".aot" : ".jsa"));
    try {
      if (!Files.exists(archive) || isNewer(jar, archive)) {
        make(archive);
      }
      return Optional.of(archive);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean isNewer(Path jar, Path archive) throws IOException {
    return Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(archive)) > 0;
  }

  /** Under a name of its own until it is whole: several may make it at one time. */
  private static void make(Path archive) throws IOException, InterruptedException {
    Path unfinished =
        archive.resolveSibling(archive.getFileName() + "." + ProcessHandle.current().pid());
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      Process client = start(unfinished, server);
      try {
        talk(client);
        boolean ended = client.waitFor(MADE_WITHIN_MS, TimeUnit.MILLISECONDS);
        if (!ended || client.exitValue() != 0 || !Files.exists(unfinished)) {
          throw new IOException("the client ended without an archive");
        }
        Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        client.destroyForcibly();
        Files.deleteIfExists(unfinished);
      }
    }
  }

  private static Process start(Path archive, ReferenceServer server) throws IOException {
    String option = AHEAD ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    List<String> options = List.of("-Xlog:disable", option + archive);
    ProcessBuilder builder =
        new ProcessBuilder(ReferenceClient.command(options, Profile.RESUME))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOLDFAST_URL", server.wsUrl());
    builder.environment().put("HOLDFAST_SESSION_ID", "class-archive");
    return builder.start();
  }

  /** One message and its answer; the end of the client's input ends it. */
  private static void talk(Process client) throws IOException {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
      String line;
      try (Writer in = client.outputWriter(UTF_8)) {
        in.write(SAY);
        in.flush();
        do {
          line = out.readLine();
        } while (line != null && !line.contains("\"settled\""));
      }
      while (line != null) {
        line = out.readLine();
      }
    }
  }
}
