package dev.holdfast.load;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the sockets of a load's JVM, as Linux shows them, from its start to its end. */
@Tag("ci")
@EnabledOnOs(OS.LINUX)
class OwnTrafficTest {
  private static final long LOOK_EVERY_MS = 20;
  private static final int INODE = 9;
  private static final int REMOTE = 2;

  /** 127.0.0.1 as the kernel writes it: of four bytes, and within sixteen. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F");

  @TempDir Path folder;

  private final Set<String> remotes = new ConcurrentSkipListSet<>();

  @Test
  void nothingIsOnTheNetworkButTheTarget() throws Exception {
    try (var server = ReferenceServer.start(ServerOptions.builder().build());
        var watch = Executors.newSingleThreadScheduledExecutor()) {
      var unused = watch.scheduleAtFixedRate(this::look, 0, LOOK_EVERY_MS, MILLISECONDS);
      LoadPlan plan =
          LoadPlan.of(LoadProfile.SMOKE, URI.create(server.wsUrl()))
              .withHttp(URI.create(server.httpUrl()))
              .withResume(true)
              .withMix(Mix.parse("talk=1,stream=1,drop=1,poll=1"))
              .withUsers(8)
              .lasting(2_000);

      LoadResult result = requireNonNull(LoadRun.run(plan, Progress.SILENT, folder).result());

      assertTrue(result.messages() > 0);
      watch.shutdownNow();
      String target = ":%04X".formatted(server.port());
      assertFalse(remotes.isEmpty(), "nothing was seen of it at all");
      assertEquals(
          List.of(),
          remotes.stream()
              .filter(r -> !r.endsWith(target) || !LOOPBACK.contains(r.replace(target, "")))
              .toList());
    }
  }

  /** Every remote address that a socket of a load's JVM names now. */
  private void look() {
    LoadJvms.in(folder)
        .forEach(pid -> {
          try {
            remotes.addAll(remotesOf(pid));
          } catch (IOException | UncheckedIOException e) {
            // It ended while it was looked at.
          }
        });
  }

  private static List<String> remotesOf(long pid) throws IOException {
    Path process = Path.of("/proc", String.valueOf(pid));
    Map<String, String> remoteOf =
        Stream.of("tcp", "tcp6", "udp", "udp6")
            .flatMap(kind -> lines(process.resolve("net").resolve(kind)))
            .map(line -> line.strip().split("\\s+", -1))
            .filter(fields -> !fields[REMOTE].endsWith(":0000"))
            .collect(Collectors.toMap(f -> f[INODE], f -> f[REMOTE], (a, b) -> a));
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return open.map(OwnTrafficTest::inode)
          .filter(remoteOf::containsKey)
          .map(remoteOf::get)
          .toList();
    }
  }

  /** Without the heading. */
  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1);
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static String inode(Path open) {
    try {
      return Files.readSymbolicLink(open).toString().replaceAll("socket:\\[(.*)\\]", "$1");
    } catch (IOException e) {
      return "";
    }
  }
}
