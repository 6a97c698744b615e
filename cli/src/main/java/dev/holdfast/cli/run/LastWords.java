package dev.holdfast.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * The last lines that a process said, for whoever has to find out why it ended. Its output is read
 * to the end by a thread that ends with it, so that it never waits for a reader.
 */
final class LastWords {
  private static final int LINES = 5;
  private static final int LONGEST = 300;
  private static final long SETTLED_WITHIN_MS = 500;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final Thread reader;

  private LastWords(Process process) {
    reader = Thread.ofVirtual().name("output of " + process.pid()).start(() -> read(process));
  }

  static LastWords of(Process process) {
    return new LastWords(process);
  }

  private void read(Process process) {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = output.read(); c >= 0; c = output.read()) {
        if (c == '\n') {
          keep(line.toString());
          line.setLength(0);
        } else if (line.length() < LONGEST) {
          line.append((char) c);
        }
      }
      keep(line.toString());
    } catch (IOException e) {
      keep("(its output could not be read: " + e.getMessage() + ")");
    }
  }

  private synchronized void keep(String line) {
    if (line.isBlank()) {
      return;
    }
    lines.add(line.strip());
    if (lines.size() > LINES) {
      lines.remove();
    }
  }

  /** The lines, begun with a colon; nothing when there are none. */
  String said() throws InterruptedException {
    reader.join(SETTLED_WITHIN_MS);
    synchronized (this) {
      return lines.isEmpty() ? "" : ": " + String.join(" | ", lines);
    }
  }
}
