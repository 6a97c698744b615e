package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;
import static dev.holdfast.scenarios.conformance.client.ClientBench.requireCame;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A queue that is flushed into connections which end under it.
 *
 * <p>Neither ends by surprise: the first by a close frame, the second by FIN, and the server reads
 * on until the client has ended its own side. So whatever the client wrote has arrived. What did
 * not arrive was never written, or was written after the client had answered the close: it waits
 * still, and a later connection must bring it, unless its caller was told otherwise.
 */
final class DyingSocket {
  private static final int COUNT = 60;
  private static final String LAST = "the-last";

  private DyingSocket() {}

  /**
   * What happened.
   *
   * @param commands the commands of messages {@code m1} and so on
   * @param perConnection the numbers of the messages that each connection brought, in order
   */
  record Flushed(Visit last, List<Integer> commands, List<List<Integer>> perConnection) {}

  static Flushed flushed(ClientBench b) throws Exception {
    b.triesAtLeast(3);
    Visit first = b.visit();
    List<Integer> commands = new ArrayList<>();
    for (int i = 1; i <= COUNT; i++) {
      commands.add(b.client().send("m" + i));
    }
    first.greet();
    first.message();
    first.close(1012, "service restart");
    first.closed(b.patienceMs());
    Visit second = b.visit(1).greet();
    second.fin();
    second.closed(b.patienceMs());
    Visit last = b.visit(2);
    b.client().send(LAST);
    last.greet();
    answersUpTo(last, LAST);
    last.read(t -> false, 300);
    return new Flushed(last, commands, List.of(numbers(first), numbers(second), numbers(last)));
  }

  /** Each message is answered: a client may say the next only when the one before has ended. */
  private static void answersUpTo(Visit visit, String content) throws Exception {
    JsonNode next = visit.message();
    while (!next.path("data").path("content").asText().equals(content)) {
      visit.answers(next, "answer to it");
      next = visit.message();
    }
  }

  /** The messages of one connection: the last of all counts as the highest number. */
  private static List<Integer> numbers(Visit visit) {
    List<Integer> numbers = new ArrayList<>();
    for (Event.Text text : visit.texts()) {
      String said = text.data("content").asText();
      if (text.type().equals("message")) {
        numbers.add(said.equals(LAST) ? COUNT + 1 : Integer.parseInt(said.substring(1)));
      }
    }
    return numbers;
  }

  /** In profile core what was written to a connection that died may come again, in its place. */
  static void judge(ClientBench b, Flushed flushed) throws Exception {
    Set<Integer> came = new LinkedHashSet<>();
    for (List<Integer> numbers : flushed.perConnection) {
      requireRising(numbers, numbers);
      came.addAll(numbers);
    }
    requireRising(List.copyOf(came), flushed.perConnection);
    List<String> lost = new ArrayList<>();
    for (int i = 1; i <= COUNT; i++) {
      if (!came.contains(i) && !isTold(b, flushed.commands.get(i - 1))) {
        lost.add("m" + i);
      }
    }
    requireCame(
        lost.isEmpty(),
        "each of the 60 messages to arrive, or its caller to be told what became of it",
        lost.size() + " that came on no connection, and no word about them: " + lost);
  }

  private static void requireRising(List<Integer> numbers, Object shown) throws Exception {
    for (int i = 1; i < numbers.size(); i++) {
      require(
          numbers.get(i - 1) < numbers.get(i),
          "messages in the order in which they were said, on each connection once",
          "their numbers " + shown);
    }
  }

  /** Refused, failed or of unknown fate; an answer to what never arrived would be a lie. */
  private static boolean isTold(ClientBench b, int command) {
    return b.client().told().stream()
        .filter(t -> t.isAbout(command))
        .anyMatch(t ->
            t.event().equals("refused")
                || (t.event().equals("settled")
                    && !t.data().path("outcome").asText().equals("answered")));
  }
}
