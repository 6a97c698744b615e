package dev.holdfast.scenarios.conformance.resume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.DateParse;
import dev.holdfast.scenarios.conformance.Ending;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a person after a good hello. What it reads its person takes note of, and
 * answers pings of the server's.
 */
final class Visit {
  final Person person;
  final Talk talk;
  final Event.Text connected;
  private int said;
  private long ackSeen = -1;

  Visit(Person person, Talk talk, Event.Text connected) {
    this.person = person;
    this.talk = talk;
    this.connected = connected;
  }

  /** A number that connected told. */
  long told(String field) {
    return connected.data(field).asLong(-1);
  }

  String outcome() {
    return connected.data("outcome").asText();
  }

  Visit is(String outcome) throws Mismatch {
    if (!outcome().equals(outcome)) {
      throw new Mismatch("outcome " + outcome, Talk.describe(connected));
    }
    return this;
  }

  /** The capability was asked for in the hello and is in the list of the answer. */
  Visit grants(String capability) throws Unclear {
    for (JsonNode granted : connected.data("capabilities")) {
      if (granted.asText().equals(capability)) {
        return this;
      }
    }
    throw new Unclear("status connected does not list the capability " + capability);
  }

  Visit isReset(String reason) throws Mismatch {
    is("reset");
    if (!connected.data("reason").asText().equals(reason)) {
      throw new Mismatch("reset with reason " + reason, Talk.describe(connected));
    }
    return this;
  }

  /** Says a message in its position, under a fresh id, which is returned. */
  String says(String content) throws Finds {
    String id = talk.peer().name() + "-m" + ++said;
    talk.sends(person.message(id, content));
    return id;
  }

  /** A frame in the next position of this client. */
  ObjectNode positioned(ObjectNode frame) {
    return frame.put("seq", ++person.sent);
  }

  void sends(ObjectNode frame) throws Finds {
    talk.sends(frame);
  }

  void acks(long position) throws Finds {
    talk.sends(Json.frame("status", "status", "ack").put("ack", position));
  }

  /** The next frame of this kind; those on the way are taken note of. */
  Event.Text expect(String what, Predicate<Event.Text> wanted) throws Finds, InterruptedException {
    return expect(what, wanted, talk.patienceMs());
  }

  Event.Text expect(String what, Predicate<Event.Text> wanted, long withinMs)
      throws Finds, InterruptedException {
    long until = System.nanoTime() + withinMs * 1_000_000;
    while (true) {
      long leftMs = (until - System.nanoTime()) / 1_000_000;
      Event event = leftMs < 0 ? null : next(leftMs);
      if (event instanceof Event.Text t && wanted.test(t)) {
        return t;
      }
      if (event == null || event instanceof Event.Closed) {
        throw Mismatch.absence(what + " within " + withinMs + " ms", Talk.describe(event));
      }
    }
  }

  /** The next event, whatever it is. */
  @Nullable Event next(long withinMs) throws Finds, InterruptedException {
    Event event = talk.next(withinMs);
    if (event instanceof Event.Text t) {
      person.took(t);
      ackSeen = Math.max(ackSeen, t.json().path("ack").asLong(-1));
      if (t.type().equals("ping")) {
        talk.sends(Json.frame("pong").put("reply_to", t.field("id")));
      }
    }
    return event;
  }

  Event.Text status(String word) throws Finds, InterruptedException {
    return expect("status " + word, e -> e.isStatus(word));
  }

  Event.Text error(String code) throws Finds, InterruptedException {
    return expect("error " + code, e -> e.isError(code));
  }

  /** The end of the run that a message started, which must be an answer. */
  Event.Text answer(String messageId) throws Finds, InterruptedException {
    return answer(messageId, talk.patienceMs());
  }

  Event.Text answer(String messageId, long withinMs) throws Finds, InterruptedException {
    Event.Text end = end(messageId, withinMs);
    if (!end.isAnswer()) {
      throw new Mismatch("an answer", Talk.describe(end));
    }
    return end;
  }

  Event.Text end(String messageId, long withinMs) throws Finds, InterruptedException {
    return expect(
        "the end of the run of " + messageId, e -> e.isEnd() && names(e, messageId), withinMs);
  }

  /** Ends come in order; one that says what it answers must say this. */
  private static boolean names(Event.Text end, String messageId) {
    String named = end.field("reply_to");
    return named.isEmpty() || named.equals(messageId);
  }

  /** An ack of this position, or a higher one, on whatever frame. */
  Event.Text acked(long position) throws Finds, InterruptedException {
    return expect("an ack of " + position, e -> e.json().path("ack").asLong(-1) >= position);
  }

  /** Waits until this position is acked, unless some frame has said so already. */
  void awaitAck(long position) throws Finds, InterruptedException {
    if (ackSeen < position) {
      acked(position);
    }
  }

  /** The highest ack that any frame of this connection carried; -1 before the first. */
  long ackSeen() {
    return ackSeen;
  }

  /** When the server says that it made a frame, in milliseconds since 1970; 0 if unreadable. */
  static long madeMs(Event.Text frame) {
    return DateParse.millis(frame.json().path("timestamp"));
  }

  /** How long a slow answer may take: a real agent needs a while. */
  long slowMs() {
    return Math.max(15_000, talk.patienceMs());
  }

  /** The positioned frames up to caught_up. */
  List<Event.Text> replay() throws Finds, InterruptedException {
    List<Event.Text> replayed = new ArrayList<>();
    expect(
        "status caught_up",
        e -> {
          if (e.seq() > 0) {
            replayed.add(e);
          }
          return e.isStatus("caught_up");
        });
    return replayed;
  }

  /** Nothing of this kind comes for a while; the end of the connection is no objection. */
  void quiet(String what, Predicate<Event.Text> unwanted) throws Finds, InterruptedException {
    quiet(what, unwanted, person.bench.pace().aftermathMs());
  }

  private void quiet(String what, Predicate<Event.Text> unwanted, long ms)
      throws Finds, InterruptedException {
    long until = System.nanoTime() + ms * 1_000_000;
    for (long leftMs = ms; leftMs >= 0; leftMs = (until - System.nanoTime()) / 1_000_000) {
      Event event = next(leftMs);
      if (event instanceof Event.Text t && unwanted.test(t)) {
        throw new Mismatch("no " + what, Talk.describe(t));
      }
      if (event == null || event instanceof Event.Closed) {
        return;
      }
    }
  }

  /** No run starts in the time that a message of this kind takes to be answered. */
  void startsNothing(Stimulus kind) throws Finds, InterruptedException {
    long answeredMs = person.bench.rehearsed(kind).tookMs() * 3 / 2;
    long watchedMs = Math.min(Math.max(answeredMs, person.bench.pace().aftermathMs()), 10_000);
    quiet("second run", e -> e.isStatus("processing") || e.isAnswer(), watchedMs);
  }

  void closedWith(int code) throws Finds, InterruptedException {
    talk.closedWith(code);
  }

  void stillHears() throws Finds, InterruptedException {
    talk.pings("p" + ++said);
    expect("a pong", e -> e.type().equals("pong"));
  }

  /** Leaves politely and waits until the server has closed too; what comes meanwhile counts. */
  void leaves() throws Finds, InterruptedException {
    talk.ends(Ending.CLOSE);
    Event event = next(talk.patienceMs());
    while (event instanceof Event.Text) {
      event = next(talk.patienceMs());
    }
  }
}
