package dev.holdfast.scenarios.world;

import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fault of single frames in the simulated network, as the fault proxy has it: the nth of a type
 * (0 for every one) in each direction of each connection is dropped, doubled, swapped or spoilt.
 */
final class FrameMeddler {
  static final Set<String> KNOWN =
      Set.of("frame_drop", "frame_duplicate", "frame_reorder", "frame_corrupt");

  private final Agenda agenda;
  private final Mischief by;
  private final FaultPlan plan;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, String> late = new HashMap<>();
  private final Set<VirtualLink> chosen = new HashSet<>();

  FrameMeddler(Agenda agenda, Mischief by, FaultPlan plan) {
    this.agenda = agenda;
    this.by = by;
    this.plan = plan;
  }

  Mischief by() {
    return by;
  }

  List<String> passed(VirtualLink link, boolean up, String text) {
    String way = link.serverName() + (up ? " up" : " down");
    String held = late.remove(way);
    if (held != null) {
      by.bit();
      return List.of(text, held);
    }
    if (!meant(link, up) || !picked(way, text)) {
      return List.of(text);
    }
    if (plan.fault().equals("frame_reorder")) {
      late.put(way, text);
      return List.of();
    }
    by.bit();
    return switch (plan.fault()) {
      case "frame_drop" -> List.of();
      case "frame_duplicate" -> List.of(text, text);
      default -> List.of(spoilt(text));
    };
  }

  private boolean meant(VirtualLink link, boolean up) {
    Object stream = plan.args().getOrDefault("stream", "both");
    if (stream.equals(up ? "downstream" : "upstream") || !by.strikes(link.client())) {
      return false;
    }
    long most = plan.number("connections", Long.MAX_VALUE);
    return chosen.contains(link) || (chosen.size() < most && chosen.add(link));
  }

  private boolean picked(String way, String text) {
    Object type = plan.args().getOrDefault("type", "");
    if (!type.equals("") && !text.contains("\"type\":\"" + type + "\"")) {
      return false;
    }
    int count = counts.merge(way, 1, Integer::sum);
    long nth = plan.number("nth", 0);
    return nth == 0 || nth == count;
  }

  /** One character becomes another. */
  private String spoilt(String text) {
    int at = (int) agenda.uniform(text.length());
    char other = (char) (text.charAt(at) ^ (1 + agenda.uniform(127)));
    return text.substring(0, at) + other + text.substring(at + 1);
  }
}
