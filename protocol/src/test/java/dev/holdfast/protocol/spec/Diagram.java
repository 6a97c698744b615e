package dev.holdfast.protocol.spec;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A state diagram in Mermaid, drawn from transitions that were seen. */
final class Diagram {
  private final TreeMap<String, TreeMap<String, TreeSet<String>>> edges = new TreeMap<>();

  /** Takes note of a transition; one that leads nowhere else is not drawn. */
  void saw(String from, String label, String to) {
    if (!from.equals(to)) {
      edges
          .computeIfAbsent(from, f -> new TreeMap<>())
          .computeIfAbsent(to, t -> new TreeSet<>())
          .add(label);
    }
  }

  String mermaid() {
    StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
    for (var from : edges.entrySet()) {
      for (Map.Entry<String, TreeSet<String>> to : from.getValue().entrySet()) {
        text.append(
            "  %s --> %s : %s\n"
                .formatted(from.getKey(), to.getKey(), String.join(" / ", to.getValue())));
      }
    }
    return text.append("```\n").toString();
  }
}
