package dev.holdfast.scenarios.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the ends of connections in a history, so that a judge who keeps something of each can
 * keep it in an array: looking a name up at every event costs more than judging it.
 */
final class Lines {
  /** Stands for an event that happened on no connection. */
  static final int NONE = -1;

  private record End(String process, String connection) {}

  private final int[] numbers;
  private final int count;

  private Lines(int[] numbers, int count) {
    this.numbers = numbers;
    this.count = count;
  }

  static Lines of(List<Event> events) {
    Map<End, Integer> known = new HashMap<>();
    int[] numbers = new int[events.size()];
    for (int i = 0; i < numbers.length; i++) {
      Event e = events.get(i);
      String connection = e.connection();
      numbers[i] =
          connection == null
              ? NONE
              : known.computeIfAbsent(new End(e.process(), connection), end -> known.size());
    }
    return new Lines(numbers, known.size());
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** The end that an event happened at, from 0, or {@link #NONE}. */
  int at(int event) {
    return numbers[event];
  }
}
