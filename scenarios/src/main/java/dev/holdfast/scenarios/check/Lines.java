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

  private record End(String process, String connection) {
    @Override
    public int hashCode() {
      return 31 * process.hashCode() + connection.hashCode();
    }
  }

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
      numbers[i] = e.connection() == null ? NONE : number(known, e.process(), e.connection());
    }
    return new Lines(numbers, known.size());
  }

  /** Without a lambda: one a call would be allocated for an answer that is there nearly always. */
  private static int number(Map<End, Integer> known, String process, String connection) {
    End end = new End(process, connection);
    Integer number = known.get(end);
    if (number == null) {
      number = known.size();
      known.put(end, number);
    }
    return number;
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
