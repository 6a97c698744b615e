package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** Section queue: what is said while no connection is open. */
final class QueueCases {
  private static final int LIMIT = 100;

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
                  "queue/hundred-wait-in-order",
                  "while-connecting",
                  "A message sent before the first connection is lost or reordered.")
              .given(
                  "100 messages were said during the first handshake, which then succeeded",
                  b -> waiting(b, LIMIT, 0))
              .then(QueueCases::allArrive),
          ClientCase.of(
                  "queue/hundred-wait-in-order",
                  "while-reconnecting",
                  "A message sent between two connections is lost or reordered.")
              .given(
                  "the client said that it reconnects, 100 messages were said, and it was connected",
                  QueueCases::whileReconnecting)
              .then(QueueCases::allArrive)
              .quick(300)
              .waiting(p -> p.firstMs(2)),
          ClientCase.of(
                  "queue/hundred-wait-in-order",
                  "while-closing",
                  "A message sent between a close frame and the end of the connection is written"
                      + " into it.")
              .given(
                  "the client answered a close frame, 5 messages were said before TCP ended, and it"
                      + " was connected again",
                  QueueCases::whileClosing)
              .then(QueueCases::allArrive)
              .quick(100),
          ClientCase.of(
                  "queue/hundred-and-first-is-refused",
                  "The queue has no bound, or drops without a word.")
              .given("100 messages waited, and none of them was refused", QueueCases::hundredWait)
              .then(QueueCases::refused),
          ClientCase.of(
                  "queue/nothing-queued-is-dropped", "A full queue makes room for the newest.")
              .given(
                  "105 messages were said during the first handshake, which then succeeded",
                  b -> waiting(b, LIMIT + 5, 0))
              .then(QueueCases::acceptedArrive)
              .quick(100),
          ClientCase.of(
                  "queue/none-overtakes",
                  "A message said while the queue is flushed goes by another path.")
              .given(
                  "40 messages waited for the greeting, and 20 were said right after it",
                  b -> waiting(b, 40, 20))
              .then(QueueCases::allArrive),
          ClientCase.of(
                  "queue/none-overtakes",
                  "flush-into-a-dying-socket",
                  "A flush that fails half-way loses what is left, or puts it in a wrong order.")
              .given(
                  "60 messages waited, two connections ended while they were flushed, and the"
                      + " server read each to its end",
                  DyingSocket::flushed)
              .then(DyingSocket::judge)
              .quick(50)
              .waiting(p -> p.firstMs(3)),
          ClientCase.of(
                  "queue/hundred-in-flight",
                  "The client writes on although nothing is acknowledged.")
              .given("120 messages were said, and no ack was sent", QueueCases::unacked)
              .then(QueueCases::inFlight));

  private QueueCases() {}

  /**
   * What was said while no connection was open, and the connection that it must arrive on.
   *
   * @param commands the number of each message's command
   */
  private record Waiting(Visit visit, List<String> said, List<Integer> commands) {}

  /** Says {@code m1}, {@code m2} and so on. */
  static List<String> say(ClientBench b, int from, int to) throws Exception {
    List<String> said = new ArrayList<>();
    sayAll(b, from, to, said, new ArrayList<>());
    return said;
  }

  private static void sayAll(
      ClientBench b, int from, int to, List<String> said, List<Integer> commands) throws Exception {
    for (int i = from; i <= to; i++) {
      commands.add(b.client().send("m" + i));
      said.add("m" + i);
    }
  }

  /** A message out of its place is wrong at once; that one is missing at the end is an absence. */
  static void arrive(List<String> said, List<String> came) throws Finds {
    require(came.equals(said), "the messages in the order " + said, came);
  }

  /** So many said while the first handshake is held, and so many more right after the greeting. */
  private static Waiting waiting(ClientBench b, int before, int after) throws Exception {
    Visit held = b.visit();
    Waiting all = new Waiting(held, new ArrayList<>(), new ArrayList<>());
    sayAll(b, 1, before, all.said, all.commands);
    held.greet();
    sayAll(b, before + 1, before + after, all.said, all.commands);
    return all;
  }

  private static Waiting whileReconnecting(ClientBench b) throws Exception {
    Visit first = Scenes.hearing(b, "before-it");
    b.door().shut();
    first.reset();
    b.client().state("reconnecting", b.patienceMs());
    List<String> said = new ArrayList<>();
    List<Integer> commands = new ArrayList<>();
    sayAll(b, 1, LIMIT, said, commands);
    b.reopen();
    b.hasAttemptsLeft();
    return new Waiting(b.visitWithin(b.pace().firstMs(8) + b.patienceMs()).greet(), said, commands);
  }

  private static Waiting whileClosing(ClientBench b) throws Exception {
    Visit first = Scenes.hearing(b, "before-it");
    first.visitor().linger();
    first.close(1012, "service restart");
    first.closed(b.patienceMs());
    List<String> said = new ArrayList<>();
    List<Integer> commands = new ArrayList<>();
    sayAll(b, 1, 5, said, commands);
    first.visitor().close();
    return new Waiting(b.greeted(), said, commands);
  }

  private static void allArrive(ClientBench b, Waiting waiting) throws Exception {
    for (int i = 0; i < waiting.said.size(); i++) {
      String due = waiting.said.get(i);
      String content = nextContent(b, waiting, i);
      require(content.equals(due), due + " as message " + (i + 1), content);
    }
  }

  /** Each is answered: a client may say the next only when the one before has ended. */
  private static String nextContent(ClientBench b, Waiting waiting, int i) throws Exception {
    try {
      JsonNode message = waiting.visit.message();
      waiting.visit.answers(message, "answer to it");
      return message.path("data").path("content").asText();
    } catch (Mismatch e) {
      if (i < waiting.commands.size() && isRefused(b, waiting.commands.get(i))) {
        String due = "message " + (i + 1) + " to be kept, as up to " + LIMIT + " are";
        throw new Mismatch(due, "the client refused it");
      }
      throw e;
    }
  }

  /** All that were not refused must come, in order, and none that was refused. */
  private static void acceptedArrive(ClientBench b, Waiting waiting) throws Exception {
    b.client().rest(100);
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < waiting.said.size(); i++) {
      if (!isRefused(b, waiting.commands.get(i))) {
        accepted.add(waiting.said.get(i));
      }
    }
    allArrive(b, new Waiting(waiting.visit, accepted, List.of()));
    waiting.visit.quiet("message that was refused", t -> t.type().equals("message"), 300);
  }

  static boolean isRefused(ClientBench b, int command) {
    return b.client().told().stream()
        .anyMatch(t -> t.event().equals("refused") && t.isAbout(command));
  }

  private static Visit hundredWait(ClientBench b) throws Exception {
    Visit held = b.visit();
    List<Integer> commands = new ArrayList<>();
    sayAll(b, 1, LIMIT, new ArrayList<>(), commands);
    b.client().rest(100);
    for (int i = 0; i < LIMIT; i++) {
      if (isRefused(b, commands.get(i))) {
        throw new Unclear("the client refused message " + (i + 1) + " already");
      }
    }
    return held;
  }

  private static void refused(ClientBench b, Visit held) throws Exception {
    int n = b.client().send("one too many");
    b.client()
        .expect(
            "a refusal with queue_full",
            t ->
                t.event().equals("refused")
                    && t.isAbout(n)
                    && t.data().path("code").asText().equals("queue_full"),
            b.patienceMs());
  }

  /** Its pings are answered meanwhile, by pongs that acknowledge nothing. */
  private static Waiting unacked(ClientBench b) throws Exception {
    b.talk().acks = false;
    b.talk().intervalMs = 100;
    Visit visit = Scenes.connected(b);
    return new Waiting(visit, say(b, 1, LIMIT + 20), List.of());
  }

  private static void inFlight(ClientBench b, Waiting waiting) throws Exception {
    Visit visit = waiting.visit;
    arrive(waiting.said.subList(0, LIMIT), visit.messages(LIMIT));
    visit.quiet("message beyond 100 in flight", t -> t.type().equals("message"), 500);
    b.talk().acks = true;
    visit.frame(Json.frame("status", "status", "ack"));
    arrive(waiting.said.subList(LIMIT, LIMIT + 20), visit.messages(20));
  }
}
