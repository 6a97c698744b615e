package dev.holdfast.scenarios.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a log that somebody asked for. A log may be longer than memory: no more than
 * {@link #MOST} entries are kept, and of lines that are no JSON the first few.
 *
 * @param all those asked for whose kind is known, in their order
 * @param lines how many there are in all
 * @param unread how many of them are no JSON object
 * @param firstUnread the first of those, in words
 * @param beyond how many more were asked for than are kept
 */
public record AuditEntries(
    List<AuditEntry> all, long lines, long unread, List<String> firstUnread, long beyond) {
  /** More entries than this are counted and not kept. */
  public static final int MOST = 1_000_000;

  private static final int MOST_UNREAD = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  public AuditEntries {
    all = List.copyOf(all);
    firstUnread = List.copyOf(firstUnread);
  }

  /** The files that a log consists of: itself, or all JSON Lines of its folder by their names. */
  public static List<Path> files(Path log) throws IOException {
    if (!Files.isDirectory(log)) {
      return List.of(log);
    }
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(f -> f.toString().matches(".*\\.(jsonl|log)")).sorted().toList();
    }
  }

  /** Reads a file, or all {@code .jsonl} and {@code .log} files of a folder in order of name. */
  public static AuditEntries read(Path log, AuditMapping mapping) throws IOException {
    return read(log, mapping, e -> true, MOST);
  }

  /** The same of those entries alone that are about sessions in which somebody was watched. */
  public static AuditEntries read(Path log, AuditMapping mapping, Predicate<AuditEntry> wanted)
      throws IOException {
    return read(log, mapping, wanted, MOST);
  }

  static AuditEntries read(Path log, AuditMapping mapping, Predicate<AuditEntry> wanted, int most)
      throws IOException {
    Reader reader = new Reader(mapping, wanted, most);
    for (Path file : files(log)) {
      reader.read(file);
    }
    return new AuditEntries(
        reader.all, reader.lines, reader.unread, reader.firstUnread, reader.beyond);
  }

  /** One pass over all lines. */
  private static final class Reader {
    private final AuditMapping mapping;
    private final Predicate<AuditEntry> wanted;
    private final int most;
    private final List<AuditEntry> all = new ArrayList<>();
    private final List<String> firstUnread = new ArrayList<>();
    private long lines;
    private long unread;
    private long beyond;

    Reader(AuditMapping mapping, Predicate<AuditEntry> wanted, int most) {
      this.mapping = mapping;
      this.wanted = wanted;
      this.most = most;
    }

    void read(Path file) throws IOException {
      try (BufferedReader in = Files.newBufferedReader(file)) {
        long number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          number++;
          lines++;
          take(file.getFileName() + ":" + number, line);
        }
      }
    }

    private void take(String where, String line) {
      JsonNode json = object(line);
      if (json == null) {
        unread++;
        if (firstUnread.size() < MOST_UNREAD) {
          firstUnread.add(where + " is no JSON object");
        }
        return;
      }
      AuditEntry entry = mapping.entry(where, json);
      if (entry != null && wanted.test(entry)) {
        if (all.size() < most) {
          all.add(entry);
        } else {
          beyond++;
        }
      }
    }

    private static @Nullable JsonNode object(String line) {
      try {
        JsonNode json = JSON.readTree(line);
        return json.isObject() ? json : null;
      } catch (JsonProcessingException e) {
        return null;
      }
    }
  }
}
