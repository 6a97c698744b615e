package dev.holdfast.scenarios.conformance.client;

import static dev.holdfast.scenarios.conformance.client.ClientBench.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** Section resume: positions and acknowledgements in both directions. */
final class PositionCases {
  private static final long BUSY_MS = 500;
  private static final Situation<ClientBench, List<JsonNode>> RESENT =
      new Situation<>(
          "a message that was not acked came again on the next connection", PositionCases::resent);

  static final List<ClientCase> ALL =
      List.of(
          ClientCase.of("resume/zero-is-always-valid", "0 is taken for no value, or for a mistake.")
              .given(Scenes.CONNECTED)
              .then((b, visit) -> {
                visit.frame(Json.frame("status", "status", "ack").put("ack", 0));
                visit.frame(Json.frame("pong").put("ack", 0));
                staysAndHears(b, visit);
              }),
          ClientCase.of("resume/positions-start-at-one", "The count begins elsewhere.")
              .given(
                  "the first message came",
                  b -> {
                    Visit visit = b.greeted();
                    b.client().send("first");
                    return visit.message();
                  })
              .then((b, first) -> require(first.path("seq").asLong() == 1, "seq 1", first)),
          ClientCase.of("resume/positions-rise-by-one", "Positions are left out or given twice.")
              .given("six messages came over two connections", PositionCases::sixMessages)
              .then((b, messages) -> {
                for (int i = 1; i <= messages.size(); i++) {
                  JsonNode message = messages.get(i - 1);
                  require(message.path("seq").asLong() == i, "seq " + i, message);
                }
              })
              .quick(50),
          ClientCase.of(
                  "resume/client-positions", "A kind of frame that needs a position has none.")
              .given(
                  "a message and a cancel came",
                  b -> {
                    Visit visit = b.greeted();
                    b.client().send("hello");
                    JsonNode message = visit.message();
                    Transcripts.cancel(b, visit, message, "run-7");
                    return List.of(
                        message,
                        visit.next("a cancel", t -> t.isStatus("cancel"), b.patienceMs()).json());
                  })
              .then((b, sent) -> {
                require(sent.get(0).path("seq").asLong() == 1, "a message with seq 1", sent.get(0));
                require(sent.get(1).path("seq").asLong() == 2, "a cancel with seq 2", sent.get(1));
              })
              .needing("cancel"),
          ClientCase.of("resume/nothing-else-has-a-position", "Pings or acks take positions.")
              .given(Scenes.TALKED)
              .then((b, said) ->
                  said.each(
                      t ->
                          t.type().equals("message")
                              || t.isStatus("cancel")
                              || !t.json().has("seq"),
                      "a seq on messages and cancels only"))
              .wishing(Setting.HEARTBEAT_INTERVAL_MS, 300)
              .wishing(Setting.PONG_TIMEOUT_MS, 2_000)
              .quick(50),
          ClientCase.of(
                  "resume/client-mints-ids", "Messages have no id, or another one when sent again.")
              .given(RESENT)
              .then((b, pair) -> areTheSame(pair, "id"))
              .quick(50),
          ClientCase.of(
                  "resume/resend-is-the-same-frame", "A frame is made anew when it is sent again.")
              .given(RESENT)
              .then((b, pair) -> areTheSame(pair, "id", "seq", "timestamp"))
              .quick(50),
          ClientCase.of("resume/client-resends-the-unacked", "What was written counts as received.")
              .given(
                  "five messages came, two were acked, and the next connection resumed",
                  b -> {
                    b.talk().acks = false;
                    Visit first = Scenes.connected(b);
                    QueueCases.say(b, 1, 5);
                    first.messages(5);
                    b.talk().heard = 2;
                    first.reset();
                    return b.greeted();
                  })
              .then((b, second) -> QueueCases.arrive(List.of("m3", "m4", "m5"), second.messages(3)))
              .quick(50),
          ClientCase.of(
                  "resume/ack-is-highest-contiguous",
                  "Something else than the last position in a row is acknowledged.")
              .given("five frames were sent", b -> saysFrames(b.greeted(), 5))
              .then((b, visit) -> {
                ackOf(b, visit, 5);
                visit.quiet("ack beyond what was sent", t -> HelloCases.ackOf(t) > 5, 300);
              }),
          ClientCase.of(
                  "resume/client-acks-what-was-delivered",
                  "Frames are acknowledged before, or without, being handed on.")
              .given("twenty frames were acked", PositionCases::twentyAcked)
              .then((b, markers) -> {
                for (String marker : markers) {
                  String what = "the delivery of " + marker + ", which was acked";
                  b.client().expect(what, t -> t.shows(marker), b.patienceMs());
                }
              }),
          ClientCase.of(
                  "resume/ack-within-1-s-or-32-frames",
                  "by-time",
                  "Acks wait for a frame to travel with.")
              .given(
                  "one frame was shown",
                  b -> {
                    Visit visit = seldomPinging(b);
                    b.isShown(visit, "one-frame");
                    return visit;
                  })
              .then((b, visit) ->
                  visit.next("an ack within 1 s", t -> HelloCases.ackOf(t) == 1, 1_000 + BUSY_MS)),
          ClientCase.of(
                  "resume/ack-within-1-s-or-32-frames",
                  "by-frames",
                  "Acks do not keep up with a burst.")
              .given("40 frames were sent at once", b -> saysFrames(seldomPinging(b), 40))
              .then((b, visit) ->
                  visit.next(
                      "an ack of 32 or more", t -> HelloCases.ackOf(t) >= 32, 1_000 + BUSY_MS)),
          ClientCase.of("resume/ack-counts-on-any-frame", "Acks are read on some frames only.")
              .given(
                  "100 messages were in flight and 20 waited",
                  b -> {
                    b.talk().acks = false;
                    Visit visit = Scenes.connected(b);
                    QueueCases.say(b, 1, 120);
                    visit.messages(100);
                    return visit;
                  })
              .then((b, visit) -> {
                b.talk().acks = true;
                visit.frame(Json.frame("pong").put("reply_to", "nobody"));
                visit.messages(20);
              }),
          ClientCase.of(
                  "resume/lower-ack-is-ignored",
                  "An ack that goes back is taken for a mistake, or obeyed.")
              .given(
                  "five messages came and were acked",
                  b -> {
                    Visit visit = b.greeted();
                    QueueCases.say(b, 1, 5);
                    visit.messages(5);
                    return visit;
                  })
              .then((b, visit) -> {
                visit.frame(Json.frame("status", "status", "ack").put("ack", 2));
                staysAndHears(b, visit);
              }),
          ClientCase.of("resume/ack-beyond-sent-closes-4203", "Any ack is believed.")
              .given(
                  "an ack of 7 came, and nothing had been sent",
                  b -> {
                    Visit visit = Scenes.connected(b);
                    visit.frame(Json.frame("status", "status", "ack").put("ack", 7));
                    return visit;
                  })
              .then((b, visit) -> closes(visit, 4203, b.patienceMs()))
              .quick(50),
          ClientCase.of("resume/duplicate-is-dropped", "A frame that comes again is shown again.")
              .given(
                  "a frame was shown, and came again",
                  b -> {
                    Visit visit = b.greeted();
                    ObjectNode frame = visit.says("only-once");
                    b.client().expect("it", t -> t.shows("only-once"), b.patienceMs());
                    visit.frame(frame.deepCopy());
                    b.isShown(visit, "the-next");
                    return b.client().shown("only-once");
                  })
              .then((b, times) -> require(times == 1, "one delivery", times + " deliveries")),
          ClientCase.of(
                  "resume/duplicate-is-acked-again",
                  "A duplicate is dropped without a word, so that it comes for ever.")
              .given(
                  "a frame was acked, and came again",
                  b -> {
                    Visit visit = seldomPinging(b);
                    ObjectNode frame = visit.says("only-once");
                    // Its pong carries the ack, where it does not come by itself.
                    visit.frame(Json.frame("ping").put("id", "p1"));
                    ackOf(b, visit, 1);
                    visit.read(t -> false, 1_000 + BUSY_MS);
                    visit.frame(frame.deepCopy());
                    return visit;
                  })
              .then((b, visit) -> ackOf(b, visit, 1)),
          ClientCase.of("resume/next-is-delivered", "Some kinds of frames are not handed on.")
              .given(Scenes.CONNECTED)
              .then(PositionCases::everyKind),
          ClientCase.of(
                  "resume/next-is-delivered",
                  "replayed",
                  "Frames marked replay are skipped, or shown twice.")
              .given(
                  "three frames were missed, and replayed after one that was shown before",
                  PositionCases::replayed)
              .then((b, markers) -> {
                String last = markers.getLast();
                b.client().expect("the last one", t -> t.shows(last), b.patienceMs());
                for (String marker : markers) {
                  long times = b.client().shown(marker);
                  require(times == 1, "one delivery of " + marker, times + " deliveries");
                }
              })
              .quick(50),
          ClientCase.of(
                  "resume/gap-closes-4003", "A frame that comes too early is shown all the same.")
              .given(
                  "a frame came that leaves out a position",
                  b -> withGap(b, Scenes.hearing(b, "before-it")))
              .then((b, first) -> {
                closes(first, 4003, b.patienceMs());
                JsonNode hello = b.visit().accept().hello();
                require(HelloCases.ack(hello).asLong() == 1, "a hello with ack 1", hello);
                long shown = b.client().shown("too-early");
                require(shown == 0, "no delivery out of order", shown + " deliveries");
              })
              .quick(50),
          ClientCase.of(
                  "resume/second-gap-closes-4203",
                  "The client comes back for ever to a server that lost a frame.")
              .given(
                  "a gap closed the connection, and came again on the next",
                  b -> {
                    closes(withGap(b, Scenes.hearing(b, "before-it")), 4003, b.patienceMs());
                    return withGap(b, b.greeted());
                  })
              .then((b, second) -> {
                closes(second, 4203, b.patienceMs());
                b.nobodyComes(b.pace().mostMs(2) + StopCases.LONGER_MS);
              })
              .quick(50),
          ClientCase.of(
                  "resume/unasked-frames-are-counted",
                  "A frame of an unknown kind is not counted: the next looks like a gap.")
              .given(
                  "three positioned frames of kinds that the client did not ask for came",
                  b -> {
                    Visit visit = b.greeted();
                    visit.ofRun("r9", Json.frame("weather", "sun", true));
                    visit.ofRun("r9", Json.frame("message", "content", "said", "role", "user"));
                    visit.ofRun("r9", Json.frame("status", "status", "moon", "phase", 3));
                    return visit;
                  })
              .then((b, visit) -> {
                b.isShown(visit, "after-them");
                ackOf(b, visit, 4);
              }));

  private PositionCases() {}

  static Event.Text ackOf(ClientBench b, Visit visit, long position) throws Exception {
    String what = "an ack of " + position;
    return visit.next(what, t -> HelloCases.ackOf(t) == position, b.patienceMs());
  }

  /** A connection on which no ping comes to carry an ack. */
  private static Visit seldomPinging(ClientBench b) throws Exception {
    b.talk().intervalMs = 3_600_000;
    return b.greeted();
  }

  private static Visit saysFrames(Visit visit, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      visit.says("frame " + i);
    }
    return visit;
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

  private static List<JsonNode> sixMessages(ClientBench b) throws Exception {
    List<JsonNode> messages = new ArrayList<>();
    Visit visit = b.greeted();
    for (int i = 1; i <= 6; i++) {
      b.client().send("message " + i);
      messages.add(visit.message());
      if (i == 3) {
        visit.says("settled");
        visit.frame(Json.frame("status", "status", "ack"));
        b.client().rest(100);
        visit.reset();
        visit = b.greeted();
      }
    }
    return messages;
  }

  private static List<JsonNode> resent(ClientBench b) throws Exception {
    b.talk().acks = false;
    Visit first = Scenes.connected(b);
    b.client().send("again please");
    JsonNode message = first.message();
    b.talk().heard = 0;
    first.reset();
    return List.of(message, b.greeted().message());
  }

  private static void areTheSame(List<JsonNode> pair, String... fields) throws Exception {
    JsonNode message = pair.getFirst();
    JsonNode again = pair.getLast();
    for (String field : fields) {
      require(
          message.has(field) && message.path(field).equals(again.path(field)),
          field + " " + message.path(field) + " when sent again",
          again);
    }
  }

  /** An ack travels on the pong of a ping, at the latest. */
  private static List<String> twentyAcked(ClientBench b) throws Exception {
    Visit visit = b.greeted();
    List<String> markers = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      markers.add("marked-" + i + "-frame");
      visit.says(markers.getLast());
      visit.frame(Json.frame("ping").put("id", "p" + i));
      int position = i;
      visit.next("a frame with its ack", t -> HelloCases.ackOf(t) >= position, b.patienceMs());
    }
    return markers;
  }

  private static void everyKind(ClientBench b, Visit visit) throws Exception {
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

  private static List<String> replayed(ClientBench b) throws Exception {
    Scenes.hearing(b, "before-1").reset();
    Visit second = b.visit().accept();
    second.hello();
    for (int i = 2; i <= 4; i++) {
      ObjectNode missed = Json.frame("message", "content", "missed-" + i).put("run_id", "r" + i);
      b.talk().positioned(missed);
    }
    second.connected("resumed");
    // More than was asked for: the first is a duplicate.
    second.caughtUp(0);
    return List.of("before-1", "missed-2", "missed-3", "missed-4");
  }

  private static Visit withGap(ClientBench b, Visit visit) throws Exception {
    b.client().state("connected", b.patienceMs());
    ObjectNode early = Json.frame("message", "content", "too-early").put("run_id", "r");
    visit.frame(early.put("seq", b.talk().topSeq + 2));
    return visit;
  }
}
