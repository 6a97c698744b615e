package dev.holdfast.report.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.report.ReportWriteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes secrets out of what is written and shown.
 *
 * @param secrets each text that may appear nowhere; the longest is looked for first
 */
public record Redaction(List<String> secrets) {
  /** Nothing is secret. */
  public static final Redaction NONE = new Redaction(List.of());

  private static final String SHOWN = "[redacted]";

  /** A shorter text is in every report by chance. */
  private static final int SHORTEST = 4;

  public Redaction {
    secrets =
        secrets.stream()
            .filter(s -> s.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
  }

  /** Takes these out. */
  public Redaction(Collection<String> secrets) {
    this(List.copyOf(secrets));
  }

  /** A text without them. */
  public String of(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, SHOWN);
      shown = shown.replace(escaped(secret), SHOWN);
    }
    return shown;
  }

  /** As JSON has it. */
  private static String escaped(String secret) {
    String quoted = TextNode.valueOf(secret).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  /** A finding, or a whole report, without them. */
  public <T> T of(T whole, Class<T> type) {
    if (secrets.isEmpty()) {
      return whole;
    }
    try {
      // By way of text, so that a number is the same as when the report is read from its file.
      JsonNode tree = JsonFormat.MAPPER.readTree(JsonFormat.MAPPER.writeValueAsString(whole));
      return JsonFormat.MAPPER.treeToValue(clean(tree), type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what was written can be read", e);
    }
  }

  private JsonNode clean(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        field.setValue(clean(field.getValue()));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, clean(array.get(i)));
      }
    } else if (node.isTextual()) {
      return TextNode.valueOf(of(node.textValue()));
    }
    return node;
  }

  /**
   * Takes them out of every file below a folder.
   *
   * @throws ReportWriteException if one cannot be read or written
   */
  public void sweep(Path folder) {
    if (secrets.isEmpty() || !Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String clean = of(text);
        if (!clean.equals(text)) {
          Files.writeString(file, clean, StandardCharsets.ISO_8859_1);
        }
      }
    } catch (IOException e) {
      throw ReportWriteException.at(folder, e);
    }
  }
}
