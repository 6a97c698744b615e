package dev.holdfast.scenarios.broken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Copies a growing audit log line by line into a file, until it is closed. */
final class ChangedLog implements AutoCloseable {
  private static final long PAUSE_MS = 20;

  private final Thread copying;

  private ChangedLog(Thread copying) {
    this.copying = copying;
  }

  static ChangedLog follow(Path log, Path copy, UnaryOperator<String> change) {
    return new ChangedLog(
        Thread.ofVirtual().name("changed-log").start(() -> copyAll(log, copy, change)));
  }

  @Override
  public void close() {
    copying.interrupt();
    try {
      copying.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copyAll(Path log, Path copy, UnaryOperator<String> change) {
    int copied = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        List<String> lines = lines(log);
        for (String line : lines.subList(Math.min(copied, lines.size()), lines.size())) {
          String changed = change.apply(line);
          Files.writeString(
              copy,
              changed.isEmpty() ? "" : changed + "\n",
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
        }
        copied = lines.size();
        Thread.sleep(PAUSE_MS);
      }
    } catch (ClosedByInterruptException | InterruptedException e) {
      // Closed: who reads the copy has gone.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path log) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        String text = Files.readString(file);
        lines.addAll(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
      }
    }
    return lines;
  }
}
