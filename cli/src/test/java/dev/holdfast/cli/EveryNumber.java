package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.cli.evidence.Recomputation;
import dev.holdfast.cli.evidence.Unprovable;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.ReportReadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bumps each number of a report, draws all pages of it and seals: either that is found, or the
 * number is on the list of what nobody can have again. The pages show nothing that is not in the
 * report, for they are drawn from it byte for byte.
 */
final class EveryNumber {
  private final Path bundle;
  private final Path copy;

  EveryNumber(Path bundle, Path folder) throws IOException {
    this.bundle = bundle;
    copy = Forgery.copied(bundle, folder);
  }

  /** A number, or a text with one in it, and how to put another in its place. */
  private record Leaf(String path, Runnable bump) {}

  static ObjectNode read(Path bundle) throws IOException {
    return (ObjectNode) JsonFormat.MAPPER.readTree(Files.readString(bundle.resolve("report.json")));
  }

  static void write(Path bundle, JsonNode report) throws IOException {
    Files.writeString(bundle.resolve("report.json"), report.toPrettyString() + "\n");
  }

  /**
   * Tries.
   *
   * @param each whether each number is bumped; else the first and the last of each kind
   */
  void isHadAgain(boolean each) throws IOException {
    int count = leaves(read(bundle)).size();
    List<String> unseen = new ArrayList<>();
    int provable = 0;
    for (int i : each ? all(count) : ends(leaves(read(bundle)))) {
      ObjectNode report = read(bundle);
      Leaf leaf = leaves(report).get(i);
      if (Unprovable.has(leaf.path())) {
        continue;
      }
      provable++;
      leaf.bump().run();
      write(copy, report);
      if (!found()) {
        unseen.add(leaf.path());
      }
    }
    assertEquals(List.of(), unseen.stream().distinct().toList());
    assertTrue(provable > 60, provable + " numbers were tried");
    System.out.println(provable + " of " + count + " numbers bumped and found");
  }

  private boolean found() throws IOException {
    try {
      Forgery.redraw(copy);
      return !Recomputation.of(copy, null).sound();
    } catch (ReportReadException | IllegalArgumentException e) {
      return true;
    }
  }

  private static List<Integer> all(int count) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(i);
    }
    return all;
  }

  private static List<Integer> ends(List<Leaf> leaves) {
    Map<String, Integer> first = new LinkedHashMap<>();
    Map<String, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      first.putIfAbsent(leaves.get(i).path(), i);
      last.put(leaves.get(i).path(), i);
    }
    List<Integer> ends = new ArrayList<>(first.values());
    last.values().stream().filter(i -> !first.containsValue(i)).forEach(ends::add);
    return ends;
  }

  private static List<Leaf> leaves(ObjectNode report) {
    List<Leaf> leaves = new ArrayList<>();
    in("", report, leaves);
    return leaves;
  }

  private static void in(String path, JsonNode node, List<Leaf> leaves) {
    if (node instanceof ObjectNode object) {
      String stage = object.has("stage") && path.equals("/findings") ? stage(object) : "";
      for (var field : List.copyOf(object.properties())) {
        String at = path + stage + "/" + field.getKey();
        if (bumped(field.getValue()) != null) {
          leaves.add(new Leaf(at, () -> object.set(field.getKey(), bumped(field.getValue()))));
        }
        in(at, field.getValue(), leaves);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        if (bumped(array.get(i)) != null) {
          leaves.add(new Leaf(path, () -> array.set(index, bumped(array.get(index)))));
        }
        in(path, array.get(i), leaves);
      }
    }
  }

  private static String stage(ObjectNode finding) {
    return "/" + finding.get("stage").asText();
  }

  private static @Nullable JsonNode bumped(JsonNode node) {
    if (node.isIntegralNumber()) {
      return JsonFormat.MAPPER.getNodeFactory().numberNode(node.asLong() + 1);
    }
    if (node.isNumber()) {
      return JsonFormat.MAPPER.getNodeFactory().numberNode(node.asDouble() + 1);
    }
    String text = node.isTextual() ? node.asText() : "";
    for (int i = text.length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        char other = c == '9' ? '8' : (char) (c + 1);
        return TextNode.valueOf(text.substring(0, i) + other + text.substring(i + 1));
      }
    }
    return null;
  }
}
