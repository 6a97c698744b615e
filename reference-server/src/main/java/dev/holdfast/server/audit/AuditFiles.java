package dev.holdfast.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of an audit directory: one a UTC day, and what a crash may leave at their end. */
final class AuditFiles {
  private static final String PATTERN = "actions_[0-9]{8}\\.jsonl";
  private static final int TAIL_BYTES = 1 << 16;

  private AuditFiles() {}

  static Path of(Path directory, LocalDate day) {
    return directory.resolve("actions_" + DateTimeFormatter.BASIC_ISO_DATE.format(day) + ".jsonl");
  }

  static LocalDate dayOf(Path file) {
    String name = file.getFileName().toString();
    return LocalDate.parse(name.substring(8, 16), DateTimeFormatter.BASIC_ISO_DATE);
  }

  /** Oldest first. */
  static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new ArrayList<>(
          files
              .filter(file -> file.getFileName().toString().matches(PATTERN))
              .sorted(Comparator.comparing(file -> file.getFileName().toString()))
              .toList());
    }
  }

  /** Cuts off a last line that was never finished; tells how many bytes that were. */
  static long mend(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      byte[] tail = tail(channel, size);
      int torn = tail.length - 1 - lastNewline(tail, tail.length);
      if (torn == tail.length && tail.length == TAIL_BYTES) {
        throw new IOException(file + " has no line end in its last bytes: it is no audit file");
      }
      if (torn > 0) {
        channel.truncate(size - torn);
        channel.force(true);
      }
      return torn;
    }
  }

  /** The last whole line; null in an empty file. */
  static @Nullable String lastLine(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] tail = tail(channel, channel.size());
      int end = lastNewline(tail, tail.length);
      if (end < 0) {
        return null;
      }
      int start = lastNewline(tail, end) + 1;
      return new String(tail, start, end - start, StandardCharsets.UTF_8);
    }
  }

  private static byte[] tail(FileChannel channel, long size) throws IOException {
    ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
    long from = size - tail.capacity();
    while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {
      // reads on until the tail is whole
    }
    return tail.array();
  }

  private static int lastNewline(byte[] bytes, int before) {
    int i = before - 1;
    while (i >= 0 && bytes[i] != '\n') {
      i--;
    }
    return i;
  }
}
