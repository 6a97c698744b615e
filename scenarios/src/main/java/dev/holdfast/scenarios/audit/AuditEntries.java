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
import java.util.stream.Stream;

/**
 * The entries of a log.
 *
 * @param all those whose kind is known, in their order
 * @param lines how many there are in all
 * @param unread lines that are no JSON object, in words
 */
public record AuditEntries(List<AuditEntry> all, long lines, List<String> unread) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public AuditEntries {
    all = List.copyOf(all);
    unread = List.copyOf(unread);
  }

  /** Reads a file, or all {@code .jsonl} and {@code .log} files of a folder in order of name. */
  public static AuditEntries read(Path log, AuditMapping mapping) throws IOException {
    List<AuditEntry> all = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    long lines = 0;
    for (Path file : files(log)) {
      try (BufferedReader in = Files.newBufferedReader(file)) {
        long number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          number++;
          lines++;
          take(file.getFileName() + ":" + number, line, mapping, all, unread);
        }
      }
    }
    return new AuditEntries(all, lines, unread);
  }

  private static List<Path> files(Path log) throws IOException {
    if (!Files.isDirectory(log)) {
      return List.of(log);
    }
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(f -> f.toString().matches(".*\\.(jsonl|log)")).sorted().toList();
    }
  }

  private static void take(
      String where, String line, AuditMapping mapping, List<AuditEntry> all, List<String> unread) {
    try {
      JsonNode json = JSON.readTree(line);
      if (!json.isObject()) {
        unread.add(where + " is no JSON object");
        return;
      }
      AuditEntry entry = mapping.entry(where, json);
      if (entry != null) {
        all.add(entry);
      }
    } catch (JsonProcessingException e) {
      unread.add(where + " is no JSON");
    }
  }
}
