package dev.holdfast.scenarios.conformance.resume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One client of a session in profile resume, over all its connections: what it would remember, in
 * fields that a case may bend before it says them.
 */
final class Person {
  final Bench bench;
  final String session;
  String client;
  long attempt;
  @Nullable String token;
  @Nullable String epoch;

  /** The position acked in the next hello; grows with what {@link #took} is shown. */
  long got;

  /** The last position used in a frame of its own. */
  long sent;

  List<String> capabilities = List.of();

  /** The label in the handshake; none when empty. */
  String user = "";

  private final TreeMap<Long, Event.Text> frames = new TreeMap<>();

  Person(Bench bench, String session, String client) {
    this.bench = bench;
    this.session = session;
    this.client = client;
  }

  static Person in(Bench bench) {
    String session = bench.session();
    return new Person(bench, session, "tab1");
  }

  /** Another client of the same session, which knows the token. */
  Person other() {
    return other(client + "2");
  }

  Person other(String name) {
    Person other = new Person(bench, session, name);
    other.token = token;
    other.epoch = epoch;
    other.capabilities = capabilities;
    return other;
  }

  Person as(String label) {
    user = label;
    return this;
  }

  Person with(String... wanted) {
    capabilities = List.of(wanted);
    return this;
  }

  /** Opens a connection of profile resume and says nothing yet. */
  Talk opens() throws Finds {
    String label = user.isEmpty() ? "" : "&user_id=" + user;
    return bench.open("?session_id=" + session + label, Bench.RESUME);
  }

  /** The next hello: attempt one higher than the last. */
  ObjectNode hello() {
    ObjectNode hello =
        Json.frame("status", "status", "hello", "client_id", client, "attempt", ++attempt);
    ObjectNode data = (ObjectNode) hello.get("data");
    data.put("ack", got);
    if (token != null) {
      data.put("resume_token", token);
    }
    if (epoch != null) {
      data.put("epoch", epoch);
    }
    ArrayNode wanted = data.putArray("capabilities");
    capabilities.forEach(wanted::add);
    return hello;
  }

  /** Opens a connection, says hello and takes in what connected tells. */
  Visit visits() throws Finds, InterruptedException {
    Talk talk = opens();
    talk.sends(hello());
    return greeted(talk);
  }

  /** Reads status connected and remembers token and epoch. */
  Visit greeted(Talk talk) throws Finds, InterruptedException {
    Event.Text connected = talk.greeting();
    token = connected.data("resume_token").asText(token);
    epoch = connected.data("epoch").asText(epoch);
    return new Visit(this, talk, connected);
  }

  /** The hello is answered by this close. */
  void isTurnedAway(int code) throws Finds, InterruptedException {
    Talk talk = opens();
    talk.sends(hello());
    Event first = talk.next(talk.patienceMs());
    if (!(first instanceof Event.Closed closed) || closed.code() != code) {
      throw new Mismatch("close " + code + " in answer to the hello", Talk.describe(first));
    }
  }

  /** A message in its position, not sent yet. */
  ObjectNode message(String id, String content) {
    return Json.frame("message", "content", content).put("id", id).put("seq", ++sent);
  }

  /** Takes note of a frame: positions rise by one, what comes again is the same. */
  void took(Event.Text frame) throws Finds {
    long seq = frame.seq();
    if (seq == 0) {
      return;
    }
    Event.Text before = frames.putIfAbsent(seq, frame);
    if (before != null) {
      same(before, frame);
    }
    if (seq > got + 1 || (before == null && seq <= got)) {
      throw new Mismatch("position " + (got + 1) + " next", Talk.describe(frame));
    }
    got = Math.max(got, seq);
  }

  private static void same(Event.Text before, Event.Text again) throws Finds {
    for (String field : List.of("type", "data", "id", "seq", "timestamp", "run_id")) {
      JsonNode first = before.json().path(field);
      if (!first.equals(again.json().path(field))) {
        throw new Mismatch(
            "a resent frame with the same " + field + ", " + first, Talk.describe(again));
      }
    }
  }

  /** Every positioned frame that it was ever given, in order. */
  List<Event.Text> frames() {
    return new ArrayList<>(frames.values());
  }
}
