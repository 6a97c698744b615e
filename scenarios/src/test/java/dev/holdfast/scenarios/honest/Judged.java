package dev.holdfast.scenarios.honest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many cases came to a judgement of each odd server when all were last played, as a file. */
final class Judged {
  static final String PROPERTY = "honest_oddities";
  static final String MEASURE = "measure";

  private Judged() {}

  private static Path file() {
    return HonestPage.root()
        .resolve("scenarios/src/test/resources/dev/holdfast/scenarios/honest/judged.txt");
  }

  /** The share of each server by its name, as {@code 198 of 201}. */
  static Map<String, String> shares() throws IOException {
    Map<String, String> shares = new TreeMap<>();
    for (String line : Files.exists(file()) ? Files.readAllLines(file()) : List.<String>of()) {
      String[] nameAndShare = line.split(": ", 2);
      shares.put(nameAndShare[0], nameAndShare[1]);
    }
    return shares;
  }

  /** Writes down the share of one server. */
  static void write(String name, long judged, long applies) throws IOException {
    Map<String, String> shares = shares();
    shares.put(name, judged + " of " + applies);
    List<String> lines =
        shares.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    Files.createDirectories(file().getParent());
    Files.write(file(), lines);
  }
}
