package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** Section resume: positions and acknowledgements in both directions. */
final class PositionCases {
  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of(
              "resume/zero-is-always-valid",
              "0 is taken for no value, or for a mistake.",
              PositionCases::zero),
          ClientCase.of(
              "resume/positions-start-at-one",
              "The count begins elsewhere.",
              b -> {
                Visit visit = b.greeted();
                b.client().send("first");
                JsonNode first = visit.message();
                require(first.path("seq").asLong() == 1, "seq 1", first);
              }),
          ClientCase.of(
                  "resume/positions-rise-by-one",
                  "Positions are left out or given twice.",
                  PositionCases::rise)
              .quick(50),
          ClientCase.of(
                  "resume/client-positions",
                  "A kind of frame that needs a position has none.",
                  PositionCases::positioned)
              .needing("cancel"),
          ClientCase.of(
                  "resume/nothing-else-has-a-position",
                  "Pings or acks take positions.",
                  PositionCases::nothingElse)
              .wishing(Setting.HEARTBEAT_INTERVAL_MS, 300)
              .wishing(Setting.PONG_TIMEOUT_MS, 2_000)
              .quick(50),
          ClientCase.of(
                  "resume/client-mints-ids",
                  "Messages have no id, or another one when sent again.",
                  b -> resends(b, "id"))
              .quick(50),
          ClientCase.of(
                  "resume/resend-is-the-same-frame",
                  "A frame is made anew when it is sent again.",
                  b -> resends(b, "id", "seq", "timestamp"))
              .quick(50),
          ClientCase.of(
                  "resume/client-resends-the-unacked",
                  "What was written counts as received.",
                  PositionCases::resendsUnacked)
              .quick(50),
          ClientCase.of(
              "resume/ack-is-highest-contiguous",
              "Something else than the last position in a row is acknowledged.",
              b -> {
                Visit visit = b.greeted();
                for (int i = 0; i < 5; i++) {
                  visit.says("frame " + i);
                }
                ackOf(visit, 5);
                visit.quiet("ack beyond what was sent", t -> HelloCases.ackOf(t) > 5, 300);
              }),
          ClientCase.of(
              "resume/client-acks-what-was-delivered",
              "Frames are acknowledged before, or without, being handed on.",
              PositionCases::deliversThenAcks),
          ClientCase.of(
              "resume/ack-within-1-s-or-32-frames",
              "by-time",
              "Acks wait for a frame to travel with.",
              b -> {
                Visit visit = seldomPinging(b);
                visit.says("one frame");
                visit.next("an ack within 1 s", t -> HelloCases.ackOf(t) == 1, 1_500);
              }),
          ClientCase.of(
              "resume/ack-within-1-s-or-32-frames",
              "by-frames",
              "Acks do not keep up with a burst.",
              b -> {
                Visit visit = seldomPinging(b);
                for (int i = 0; i < 40; i++) {
                  visit.says("frame " + i);
                }
                visit.next("an ack of 32 or more", t -> HelloCases.ackOf(t) >= 32, 1_500);
              }),
          ClientCase.of(
              "resume/ack-counts-on-any-frame",
              "Acks are read on some frames only.",
              PositionCases::ackOnPong),
          ClientCase.of(
              "resume/lower-ack-is-ignored",
              "An ack that goes back is taken for a mistake, or obeyed.",
              PositionCases::lowerAck),
          ClientCase.of(
                  "resume/ack-beyond-sent-closes-4203",
                  "Any ack is believed.",
                  b -> {
                    Visit visit = b.greeted();
                    b.client().state("connected", b.patienceMs());
                    visit.frame(Json.frame("status", "status", "ack").put("ack", 7));
                    closes(visit, 4203, b.patienceMs());
                  })
              .quick(50),
          ClientCase.of(
              "resume/duplicate-is-dropped",
              "A frame that comes again is shown again.",
              b -> {
                Visit visit = b.greeted();
                ObjectNode frame = visit.says("only-once");
                b.client().expect("it", t -> t.shows("only-once"), b.patienceMs());
                visit.frame(frame.deepCopy());
                b.isShown(visit, "the-next");
                require(b.client().shown("only-once") == 1, "one delivery", "two");
              }),
          ClientCase.of(
              "resume/duplicate-is-acked-again",
              "A duplicate is dropped without a word, so that it comes for ever.",
              b -> {
                Visit visit = seldomPinging(b);
                ObjectNode frame = visit.says("only-once");
                ackOf(visit, 1);
                visit.quiet("another ack", t -> false, 300);
                visit.frame(frame.deepCopy());
                ackOf(visit, 1);
              }),
          ClientCase.of(
              "resume/next-is-delivered",
              "Some kinds of frames are not handed on.",
              PositionCases::everyKind),
          ClientCase.of(
                  "resume/next-is-delivered",
                  "replayed",
                  "Frames marked replay are skipped, or shown twice.",
                  PositionCases::replayed)
              .quick(50),
          ClientCase.of(
                  "resume/gap-closes-4003",
                  "A frame that comes too early is shown all the same.",
                  PositionCases::gap)
              .quick(50),
          ClientCase.of(
                  "resume/second-gap-closes-4203",
                  "The client comes back for ever to a server that lost a frame.",
                  PositionCases::secondGap)
              .quick(50),
          ClientCase.of(
              "resume/unasked-frames-are-counted",
              "A frame of an unknown kind is not counted: the next looks like a gap.",
              b -> {
                Visit visit = b.greeted();
                visit.ofRun("r9", Json.frame("weather", "sun", true));
                visit.ofRun("r9", Json.frame("message", "content", "said", "role", "user"));
                visit.ofRun("r9", Json.frame("status", "status", "moon", "phase", 3));
                b.isShown(visit, "after-them");
                ackOf(visit, 4);
              }));

  private PositionCases() {}

  static Event.Text ackOf(Visit visit, long position) throws Exception {
    return visit.next(
        "an ack of " + position, t -> HelloCases.ackOf(t) == position, ClientCheck.PATIENCE_MS);
  }

  /** A connection on which no ping comes to carry an ack. */
  private static Visit seldomPinging(ClientBench b) throws Exception {
    b.talk().intervalMs = 3_600_000;
    return b.greeted();
  }

  private static void staysAndHears(ClientBench b, Visit visit) throws Exception {
    b.isShown(visit, "still-here");
    visit.stays(300);
    visit.frame(Json.frame("ping").put("id", "still-there"));
    visit.next("a pong", t -> t.type().equals("pong"), b.patienceMs());
  }

  static void closes(Visit visit, int code, long withinMs) throws Exception {
    Event.Closed closed = visit.closed(withinMs);
    require(closed.code() == code, "close " + code, ClientBench.describe(closed));
  }

  private static void zero(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    visit.frame(Json.frame("status", "status", "ack").put("ack", 0));
    visit.frame(Json.frame("pong").put("ack", 0));
    staysAndHears(b, visit);
  }

  private static void rise(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    for (int i = 1; i <= 6; i++) {
      b.client().send("message " + i);
      JsonNode message = visit.message();
      require(message.path("seq").asLong() == i, "seq " + i, message);
      if (i == 3) {
        visit.says("settled");
        visit.frame(Json.frame("status", "status", "ack"));
        b.client().rest(100);
        visit.reset();
        visit = b.greeted();
      }
    }
  }

  private static void positioned(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    b.client().send("hello");
    JsonNode message = visit.message();
    require(message.path("seq").asLong() == 1, "a message with seq 1", message);
    Transcripts.cancel(b, visit, message, "run-7");
    JsonNode cancel = visit.next("a cancel", t -> t.isStatus("cancel"), b.patienceMs()).json();
    require(cancel.path("seq").asLong() == 2, "a cancel with seq 2", cancel);
  }

  private static void nothingElse(ClientBench b) throws Exception {
    Transcripts.converse(b);
    for (Event.Text text : b.texts()) {
      boolean may = text.type().equals("message") || text.isStatus("cancel");
      require(may || !text.json().has("seq"), "a seq on messages and cancels only", text.text());
    }
  }

  private static void resends(ClientBench b, String... same) throws Exception {
    b.talk().acks = false;
    Visit first = b.greeted();
    b.client().state("connected", b.patienceMs());
    b.client().send("again please");
    JsonNode message = first.message();
    b.talk().heard = 0;
    first.reset();
    JsonNode again = b.greeted().message();
    for (String field : same) {
      require(
          message.has(field) && message.path(field).equals(again.path(field)),
          field + " " + message.path(field) + " when sent again",
          again);
    }
  }

  private static void resendsUnacked(ClientBench b) throws Exception {
    b.talk().acks = false;
    Visit first = b.greeted();
    QueueCases.say(b, 1, 5);
    first.messages(5);
    b.talk().heard = 2;
    first.reset();
    QueueCases.arrive(List.of("m3", "m4", "m5"), b.greeted().messages(3));
  }

  /** By the time that a frame is acknowledged, the application was told of it. */
  private static void deliversThenAcks(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    for (int i = 1; i <= 20; i++) {
      visit.says("marked-" + i + "-frame");
      visit.frame(Json.frame("ping").put("id", "p" + i));
      int position = i;
      visit.next("a frame with its ack", t -> HelloCases.ackOf(t) >= position, b.patienceMs());
    }
    b.client().rest(50);
    for (int i = 1; i <= 20; i++) {
      require(b.client().shown("marked-" + i + "-frame") == 1, "delivery of " + i, "none");
    }
  }

  private static void ackOnPong(ClientBench b) throws Exception {
    b.talk().acks = false;
    Visit visit = b.greeted();
    b.client().state("connected", b.patienceMs());
    QueueCases.say(b, 1, 120);
    visit.messages(100);
    b.talk().acks = true;
    visit.frame(Json.frame("pong").put("reply_to", "nobody"));
    visit.messages(20);
  }

  private static void lowerAck(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    QueueCases.say(b, 1, 5);
    visit.messages(5);
    visit.frame(Json.frame("status", "status", "ack").put("ack", 2));
    staysAndHears(b, visit);
  }

  private static void everyKind(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    List<ObjectNode> frames = new ArrayList<>();
    frames.add(Json.frame("status", "status", "processing", "stage", "planning", "message", "k1"));
    frames.add(
        Json.frame(
            "tool_execution",
            "tool",
            "search",
            "tool_call_id",
            "c1",
            "status",
            "running",
            "details",
            List.of("k2")));
    frames.add(Json.frame("message", "content", "k3"));
    for (ObjectNode frame : frames) {
      visit.ofRun("run-1", frame);
    }
    visit.ofRun("run-2", Json.frame("error", "error", "k4", "code", "agent_failed"));
    for (String type : List.of("status", "tool_execution", "message", "error")) {
      b.client()
          .expect(
              "the delivery of a frame of type " + type,
              t ->
                  t.event().equals("received")
                      && t.data().path("frame").path("type").asText().equals(type),
              b.patienceMs());
    }
    for (String kind : List.of("k1", "k3", "k4")) {
      require(b.client().shown(kind) == 1, "one delivery of " + kind, b.client().shown(kind));
    }
  }

  private static void replayed(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-1");
    first.reset();
    Visit second = b.visit().accept();
    second.hello();
    for (int i = 2; i <= 4; i++) {
      ObjectNode missed = Json.frame("message", "content", "missed-" + i).put("run_id", "r" + i);
      b.talk().positioned(missed);
    }
    second.connected("resumed");
    // More than was asked for: the first is a duplicate.
    second.caughtUp(0);
    b.client().expect("the last one", t -> t.shows("missed-4"), b.patienceMs());
    for (String one : List.of("before-1", "missed-2", "missed-3", "missed-4")) {
      require(b.client().shown(one) == 1, "one delivery of " + one, b.client().shown(one));
    }
  }

  private static Visit withGap(ClientBench b, Visit visit) throws Exception {
    b.client().state("connected", b.patienceMs());
    ObjectNode early = Json.frame("message", "content", "too-early").put("run_id", "r");
    visit.frame(early.put("seq", b.talk().topSeq + 2));
    return visit;
  }

  private static void gap(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    closes(withGap(b, first), 4003, b.patienceMs());
    JsonNode hello = b.visit().accept().hello();
    require(HelloCases.ack(hello).asLong() == 1, "a hello with ack 1", hello);
    require(b.client().shown("too-early") == 0, "no delivery out of order", "one");
  }

  private static void secondGap(ClientBench b) throws Exception {
    Visit first = b.greeted();
    b.isShown(first, "before-it");
    closes(withGap(b, first), 4003, b.patienceMs());
    closes(withGap(b, b.greeted()), 4203, b.patienceMs());
    b.nobodyComes(b.pace().mostMs(2) + StopCases.LONGER_MS);
  }
}
