package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Section queue: what is said while nobody can hear it. */
final class QueueCases {
  private static final int LIMIT = 100;

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
              "queue/hundred-wait-in-order",
              "while-connecting",
              "What is said before the first connection is lost or reordered.",
              b -> {
                Visit held = b.visit();
                List<String> said = say(b, 1, LIMIT);
                held.greet();
                arrive(said, held.messages(LIMIT));
              }),
          ClientCase.of(
                  "queue/hundred-wait-in-order",
                  "while-reconnecting",
                  "What is said between two connections is lost or reordered.",
                  QueueCases::whileReconnecting)
              .quick(300)
              .waiting(p -> p.firstMs(2)),
          ClientCase.of(
                  "queue/hundred-wait-in-order",
                  "while-closing",
                  "What is said between a close frame and the end of the connection is written"
                      + " into it.",
                  QueueCases::whileClosing)
              .quick(100),
          ClientCase.of(
              "queue/hundred-and-first-is-refused",
              "The queue has no bound, or drops without a word.",
              QueueCases::refused),
          ClientCase.of(
                  "queue/nothing-queued-is-dropped",
                  "A full queue makes room for the newest.",
                  QueueCases::nothingDropped)
              .quick(100),
          ClientCase.of(
              "queue/none-overtakes",
              "A message said while the queue is flushed goes by another path.",
              QueueCases::noneOvertakes),
          ClientCase.of(
                  "queue/none-overtakes",
                  "flush-into-a-dying-socket",
                  "A flush that fails half-way puts what is left in a wrong order.",
                  QueueCases::dyingSocket)
              .quick(50)
              .waiting(p -> p.firstMs(3)),
          ClientCase.of(
              "queue/hundred-in-flight",
              "The client writes on although nothing is acknowledged.",
              QueueCases::inFlight));

  private QueueCases() {}

  /** Says {@code m1}, {@code m2} and so on. */
  static List<String> say(ClientBench b, int from, int to) throws Exception {
    List<String> said = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      b.client().send("m" + i);
      said.add("m" + i);
    }
    return said;
  }

  static void arrive(List<String> said, List<String> came) throws Finds {
    require(came.equals(said), "the messages in the order " + said, came);
  }

  private static void whileReconnecting(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    b.door().shut();
    first.reset();
    b.client().state("reconnecting", b.patienceMs());
    List<String> said = say(b, 1, LIMIT);
    b.door().reopen();
    arrive(said, b.visitWithin(b.pace().firstMs(8) + b.patienceMs()).greet().messages(LIMIT));
  }

  private static void whileClosing(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    first.visitor().linger();
    first.close(1012, "service restart");
    first.closed(b.patienceMs());
    List<String> said = say(b, 1, 5);
    first.visitor().close();
    arrive(said, b.greeted().messages(5));
  }

  private static void refused(ClientBench b) throws Exception {
    Visit held = b.visit();
    say(b, 1, LIMIT);
    int n = b.client().send("one too many");
    b.client()
        .expect(
            "a refusal with queue_full",
            t ->
                t.event().equals("refused")
                    && t.isAbout(n)
                    && t.data().path("code").asText().equals("queue_full"),
            b.patienceMs());
    held.greet();
  }

  private static void nothingDropped(ClientBench b) throws Exception {
    Visit held = b.visit();
    List<String> said = say(b, 1, LIMIT);
    for (int i = 1; i <= 5; i++) {
      b.client().send("too many " + i);
    }
    held.greet();
    arrive(said, held.messages(LIMIT));
    held.quiet("message that was refused", t -> t.type().equals("message"), 300);
  }

  private static void noneOvertakes(ClientBench b) throws Exception {
    Visit held = b.visit();
    List<String> said = say(b, 1, 40);
    held.greet();
    said.addAll(say(b, 41, 60));
    arrive(said, held.messages(60));
  }

  /** The connection dies under the flush, twice; what comes must come in order, and once. */
  private static void dyingSocket(ClientBench b) throws Exception {
    Visit held = b.visit();
    say(b, 1, 60);
    for (int i = 1; i <= 2; i++) {
      held.greet();
      if (i == 1) {
        held.message();
      }
      held.reset();
      held = b.visit(i);
    }
    Visit last = held.greet();
    b.client().send("the-last");
    last.next("the last", t -> t.data("content").asText().equals("the-last"), b.patienceMs());
    last.quiet("message behind the last one said", t -> t.type().equals("message"), 300);
    List<Integer> came = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Event.Text text : b.texts()) {
      String said = text.data("content").asText();
      boolean resent = b.talk().resumes() && !seen.add(text.json().path("seq").asText());
      if (text.type().equals("message") && said.startsWith("m") && !resent) {
        came.add(Integer.valueOf(said.substring(1)));
      }
    }
    require(came.equals(List.copyOf(new TreeSet<>(came))), "rising numbers, each once", came);
    if (b.talk().resumes()) {
      require(b.talk().heard == 61, "all 61 messages in the end", b.talk().heard);
    }
  }

  /** Its pings are answered meanwhile, by pongs that acknowledge nothing. */
  private static void inFlight(ClientBench b) throws Exception {
    b.talk().acks = false;
    b.talk().intervalMs = 100;
    Visit visit = b.greeted();
    b.client().state("connected", b.patienceMs());
    List<String> said = say(b, 1, LIMIT + 20);
    arrive(said.subList(0, LIMIT), visit.messages(LIMIT));
    visit.quiet("message beyond 100 in flight", t -> t.type().equals("message"), 500);
    b.talk().acks = true;
    visit.frame(Json.frame("status", "status", "ack"));
    arrive(said.subList(LIMIT, LIMIT + 20), visit.messages(20));
  }
}
