package dev.holdfast.scenarios.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.Visitor;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One connection of the client under test, from the server's side. */
public final class Visit {
  static final String SUBPROTOCOL = "agent-chat.v1";
  private static final long LAST_MS = 100;

  private final Visitor visitor;
  private final Conversation talk;
  private final Pace pace;
  private final long patienceMs;
  private final List<Event.Text> texts = new CopyOnWriteArrayList<>();
  private volatile boolean answersPings = true;
  private boolean resumes;
  private Event.@Nullable Closed end;
  private @Nullable JsonNode hello;

  Visit(Visitor visitor, Conversation talk, Pace pace, long patienceMs) {
    this.visitor = visitor;
    this.talk = talk;
    this.pace = pace;
    this.patienceMs = patienceMs;
    visitor.reflex(this::reflex);
  }

  public Visitor visitor() {
    return visitor;
  }

  /** Every text that came so far. */
  List<Event.Text> texts() {
    return List.copyOf(texts);
  }

  /** A server at its best answers pings, and acknowledges what it stored. */
  private void reflex(Event.Text text) {
    texts.add(text);
    try {
      if (text.type().equals("ping") && answersPings) {
        frame(naming(text.json(), Json.frame("pong")));
      }
      if (resumes && text.json().has("seq")) {
        talk.hears(text.json());
        if (talk.acks) {
          frame(Json.frame("status", "status", "ack"));
        }
      }
    } catch (Finds e) {
      // The connection is gone, which the script will see.
    }
  }

  /** From now on nothing is answered by itself. */
  Visit deaf() {
    answersPings = false;
    return this;
  }

  /** Completes the handshake, with the subprotocol where it is offered and meant. */
  Visit accept() throws Finds {
    resumes = talk.resumes() && visitor.request().offers(SUBPROTOCOL);
    does(() -> visitor.accept(resumes ? SUBPROTOCOL : null));
    return this;
  }

  /** Completes handshake and greeting; in profile resume resumes where it can. */
  Visit greet() throws Finds, InterruptedException {
    accept();
    if (!resumes) {
      frame(talk.connected("", pace.intervalMs(), pace.pongMs()));
      return this;
    }
    JsonNode data = hello().path("data");
    boolean back = data.hasNonNull("resume_token");
    connected(back ? "resumed" : "new");
    caughtUp(data.path("ack").asLong());
    return this;
  }

  /** The hello, which must be the first frame. */
  JsonNode hello() throws Finds, InterruptedException {
    if (hello == null) {
      Event first = visitor.next(patienceMs);
      if (!(first instanceof Event.Text t && t.isStatus("hello"))) {
        String hello = "status hello as the first frame";
        throw first instanceof Event.Text
            ? new Mismatch(hello, ClientBench.describe(first))
            : Mismatch.absence(hello, ClientBench.describe(first));
      }
      hello = t.json();
    }
    return hello;
  }

  void connected(String outcome) throws Finds {
    frame(talk.connected(outcome, pace.intervalMs(), pace.pongMs()));
  }

  /** Replays what lies above a position and says that this was all. */
  void caughtUp(long from) throws Finds {
    for (ObjectNode kept : talk.kept) {
      if (kept.path("seq").asLong() > from) {
        sends(kept.deepCopy().put("replay", true));
      }
    }
    frame(Json.frame("status", "status", "caught_up", "seq", talk.topSeq));
  }

  /** Sends a frame with its timestamp and, unless acks are withheld, the newest ack. */
  void frame(ObjectNode frame) throws Finds {
    if (resumes && talk.acks && !frame.has("ack")) {
      frame.put("ack", talk.heard);
    }
    sends(frame);
  }

  private void sends(ObjectNode frame) throws Finds {
    if (!frame.has("timestamp")) {
      String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
      frame.put("timestamp", now);
    }
    text(frame.toString());
  }

  void text(String text) throws Finds {
    does(() -> visitor.text(text));
  }

  /** Sends a frame of a run: with its run and, in profile resume, its position. */
  ObjectNode ofRun(String run, ObjectNode frame) throws Finds {
    ObjectNode sent = talk.positioned(frame.put("run_id", run));
    frame(sent);
    return sent;
  }

  /** Answers a message, or says something of a run that nobody asked for. */
  ObjectNode answers(JsonNode message, String content) throws Finds {
    return ofRun(talk.newRun(), naming(message, Json.frame("message", "content", content)));
  }

  /** The frame, in reply to another where that has an id. */
  static ObjectNode naming(JsonNode other, ObjectNode frame) {
    return other.hasNonNull("id") ? frame.put("reply_to", other.path("id").asText()) : frame;
  }

  /** Tells the application something that it must show. */
  ObjectNode says(String content) throws Finds {
    return answers(Json.object(), content);
  }

  /** The next message of the client. */
  JsonNode message() throws Finds, InterruptedException {
    return next("a message", t -> t.type().equals("message"), patienceMs).json();
  }

  List<String> messages(int count) throws Finds, InterruptedException {
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contents.add(message().path("data").path("content").asText());
    }
    return contents;
  }

  /** Reads until a text of this kind, the end of the connection or the time. */
  void read(Predicate<Event.Text> wanted, long withinMs) throws InterruptedException {
    long until = System.nanoTime() + withinMs * 1_000_000;
    Event event = before(until);
    while (event != null && !(event instanceof Event.Closed)) {
      if (event instanceof Event.Text t && wanted.test(t)) {
        return;
      }
      event = before(until);
    }
  }

  /** The next text of this kind; others are passed over. */
  Event.Text next(String what, Predicate<Event.Text> wanted, long withinMs)
      throws Finds, InterruptedException {
    long until = System.nanoTime() + withinMs * 1_000_000;
    while (true) {
      Event event = before(until);
      if (event instanceof Event.Text t && wanted.test(t)) {
        return t;
      }
      if (event == null || event instanceof Event.Closed) {
        throw Mismatch.absence(what + " within " + withinMs + " ms", ClientBench.describe(event));
      }
    }
  }

  /** The end of the connection; frames on the way are passed over. */
  Event.Closed closed(long withinMs) throws Finds, InterruptedException {
    if (end != null) {
      return end;
    }
    long until = System.nanoTime() + withinMs * 1_000_000;
    while (true) {
      Event event = before(until);
      if (event instanceof Event.Closed c) {
        return c;
      }
      if (event == null) {
        throw Mismatch.absence("a close within " + withinMs + " ms", "the connection stayed open");
      }
    }
  }

  /** Nothing of this kind may come for so long; the end of the connection is no objection. */
  void quiet(String what, Predicate<Event.Text> unwanted, long forMs)
      throws Finds, InterruptedException {
    long until = System.nanoTime() + forMs * 1_000_000;
    while (true) {
      Event event = before(until);
      if (event instanceof Event.Text t && unwanted.test(t)) {
        throw new Mismatch("no " + what, ClientBench.describe(event));
      }
      if (event == null || event instanceof Event.Closed) {
        return;
      }
    }
  }

  /** The connection must stay open for so long. */
  void stays(long forMs) throws Finds, InterruptedException {
    long until = System.nanoTime() + forMs * 1_000_000;
    Event event = before(until);
    while (event != null) {
      if (event instanceof Event.Closed) {
        throw Mismatch.absence(
            "the connection to stay open for " + forMs + " ms", ClientBench.describe(event));
      }
      event = before(until);
    }
  }

  private @Nullable Event before(long untilNanos) throws InterruptedException {
    long leftMs = (untilNanos - System.nanoTime()) / 1_000_000;
    Event event = leftMs < 0 ? null : visitor.next(leftMs);
    if (event instanceof Event.Closed c) {
      end = c;
    }
    return event;
  }

  /** How the connection ended, as far as that was read; null while it is open. */
  Event.@Nullable Closed end() {
    return end;
  }

  /** Whether the connection has ended by now; frames on the way are passed over. */
  boolean hasEnded() throws InterruptedException {
    if (end == null) {
      read(t -> false, LAST_MS);
    }
    return end != null;
  }

  /** Something done to the socket. */
  interface Doing {
    void act() throws IOException;
  }

  /** Does it; the connection must be there still. */
  void does(Doing doing) throws Finds {
    try {
      doing.act();
    } catch (IOException e) {
      throw Mismatch.absence("the connection to stay open", "it was gone: " + e.getMessage());
    }
  }

  /** Closes with a code and waits until the client agreed. */
  void close(int code, String reason) throws Finds {
    does(() -> visitor.closeFrame(code, reason));
  }

  void reset() throws Finds {
    does(visitor::reset);
  }

  void fin() throws Finds {
    does(visitor::fin);
  }
}
