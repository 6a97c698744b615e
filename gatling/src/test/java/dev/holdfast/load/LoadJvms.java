package dev.holdfast.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The JVMs of a load that run now, by their command lines. */
final class LoadJvms {
  private LoadJvms() {}

  /** Process ids; {@link ProcessHandle} alone cuts a command line with a long class path short. */
  static Stream<Long> in(Path folder) {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .filter(pid -> commandLine(pid).contains(folder.toString()));
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
