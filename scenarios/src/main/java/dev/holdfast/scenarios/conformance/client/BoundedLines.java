package dev.holdfast.scenarios.conformance.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Lines of a program's output within limits: it cannot fill this process's memory. */
final class BoundedLines {
  /** A frame of 1 MiB, escaped, fits. */
  static final int MAX_LINE = 8 << 20;

  static final long MAX_BYTES = 64L << 20;
  static final int MAX_LINES = 50_000;

  private final InputStream in;
  private final Consumer<String> each;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long bytes;
  private int lines;

  BoundedLines(InputStream in, Consumer<String> each) {
    this.in = in;
    this.each = each;
  }

  /** Reads to the end; gives the limit that was broken, or nothing. */
  String read() {
    byte[] chunk = new byte[16 << 10];
    try {
      int count = in.read(chunk);
      while (count >= 0) {
        take(chunk, count);
        if (bytes > MAX_BYTES || lines > MAX_LINES || line.size() > MAX_LINE) {
          return broken();
        }
        count = in.read(chunk);
      }
    } catch (IOException e) {
      return "";
    }
    return "";
  }

  private String broken() {
    return line.size() > MAX_LINE
        ? "it printed a line of more than " + MAX_LINE + " bytes"
        : "it floods: more than "
            + (lines > MAX_LINES ? MAX_LINES + " lines" : MAX_BYTES + " bytes");
  }

  private void take(byte[] chunk, int count) {
    bytes += count;
    for (int i = 0; i < count && lines <= MAX_LINES; i++) {
      if (chunk[i] == '\n') {
        lines++;
        each.accept(line.toString(UTF_8));
        line.reset();
      } else {
        line.write(chunk[i]);
      }
    }
  }
}
