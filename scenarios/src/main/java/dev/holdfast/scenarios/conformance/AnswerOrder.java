package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which message each answer belongs to: by what it says, and only where that does not tell, by its
 * {@code reply_to}. An answer that could be to any of the messages proves nothing.
 */
final class AnswerOrder {
  private static final int UNKNOWN = -1;

  private final List<String> ids = new ArrayList<>();
  private final List<Pattern> markers = new ArrayList<>();
  private final Map<Integer, String> contents = new LinkedHashMap<>();
  private final List<Integer> answered = new ArrayList<>();

  /**
   * The next message was sent.
   *
   * @param marker a word that no other message has
   */
  void said(String id, String marker) {
    ids.add(id);
    markers.add(Pattern.compile("\\b" + Pattern.quote(marker) + "\\b"));
  }

  /** How the message of this place, from 0, is answered when it is sent alone. */
  void knows(int place, Event.Text answer) {
    contents.put(place, answer.data("content").asText());
  }

  /** The next answer came. */
  void answered(Event.Text answer) {
    int place = byContent(answer.data("content").asText());
    answered.add(place == UNKNOWN ? ids.indexOf(answer.field("reply_to")) : place);
  }

  private int byContent(String content) {
    List<Integer> named = new ArrayList<>();
    List<Integer> same = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (markers.get(i).matcher(content).find()) {
        named.add(i);
      }
      if (content.equals(contents.get(i))) {
        same.add(i);
      }
    }
    List<Integer> best = named.size() == 1 ? named : same;
    return best.size() == 1 ? best.get(0) : UNKNOWN;
  }

  /**
   * Judges the answers that came.
   *
   * @throws Mismatch when one came before that to an earlier message
   * @throws Inapplicable when fewer than two can be told apart
   */
  void judge() throws Finds {
    List<Integer> known = answered.stream().filter(place -> place != UNKNOWN).toList();
    for (int i = 1; i < known.size(); i++) {
      if (known.get(i) < known.get(i - 1)) {
        throw new Mismatch(
            "the messages to be answered in the order 1 to " + ids.size(),
            "answers to " + known.stream().map(place -> place + 1).toList());
      }
    }
    if (answered.size() < 2) {
      throw new Inapplicable("fewer than two messages were answered, and the others refused");
    }
    if (known.size() < 2) {
      throw new Inapplicable(
          "the answers neither name their messages nor differ: their order cannot be seen");
    }
  }
}
