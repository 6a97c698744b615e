package dev.holdfast.scenarios.conformance.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The processes that a client started: its descendants, and those that left their parent but still
 * carry its mark in their environment, where the system shows it.
 */
final class Offspring {
  private static final Path PROCESSES = Path.of("/proc");
  private static final String VARIABLE = "HOLDFAST_PROCESS";

  /** One that goes on forking is given so many rounds. */
  private static final int ROUNDS = 5;

  private final byte[] mark;
  private final Set<ProcessHandle> known = new LinkedHashSet<>();

  private Offspring(String mark) {
    this.mark = mark.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Marks the environment of a client that is about to be started; all that it starts inherit it.
   */
  static Offspring marked(Map<String, String> environment) {
    String mark = UUID.randomUUID().toString();
    environment.put(VARIABLE, mark);
    return new Offspring(VARIABLE + "=" + mark);
  }

  synchronized void remember(Process parent) {
    parent.descendants().forEach(known::add);
  }

  synchronized void end() {
    for (int i = 0; i < ROUNDS; i++) {
      strays().forEach(known::add);
      known.removeIf(process -> !process.isAlive());
      if (known.isEmpty()) {
        return;
      }
      known.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Stream<ProcessHandle> strays() {
    return Files.isDirectory(PROCESSES)
        ? ProcessHandle.allProcesses().filter(this::isMarked)
        : Stream.empty();
  }

  private boolean isMarked(ProcessHandle process) {
    try {
      Path file = PROCESSES.resolve(Long.toString(process.pid())).resolve("environ");
      return contains(Files.readAllBytes(file));
    } catch (IOException e) {
      // Somebody else's, or gone.
      return false;
    }
  }

  /** Whether the mark stands between two ends of a variable. */
  private boolean contains(byte[] environment) {
    for (int start = 0; start + mark.length <= environment.length; ) {
      int end = start;
      while (end < environment.length && environment[end] != 0) {
        end++;
      }
      if (Arrays.equals(environment, start, end, mark, 0, mark.length)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }
}
