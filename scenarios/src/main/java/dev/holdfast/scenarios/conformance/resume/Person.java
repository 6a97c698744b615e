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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One client of a session in profile resume, over all its connections: what it would remember, in
 * fields that a case may bend before it says them.
 */
final class Person {
  /** The clause on the order of positions, which {@link #took} watches in every case. */
  static final String POSITIONS = "resume/positions-rise-by-one";

  /** The clause on frames that come again, which {@link #took} watches in every case. */
  static final String RESENDS = "resume/resend-is-the-same-frame";

  final Bench bench;
  final String session;
  String client;
  long attempt;
  @Nullable String token;
  @Nullable String epoch;
  private @Nullable String firstEpoch;

  /** The position acked in the next hello; grows with what {@link #took} is shown. */
  long got;

  /** The last position used in a frame of its own. */
  long sent;

  List<String> capabilities = List.of();

  /** The label in the handshake; none when empty. */
  String user = "";

  private final TreeMap<Long, Event.Text> frames = new TreeMap<>();
  private final Map<String, Mismatch> wrong = new LinkedHashMap<>();
  private int repeats;

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
    firstEpoch = firstEpoch == null ? epoch : firstEpoch;
    return new Visit(this, talk, connected);
  }

  /** The epoch that its first hello was told. */
  String firstEpoch() {
    return String.valueOf(firstEpoch);
  }

  /** Says a hello, which must be answered by this close. */
  void isTurnedAway(int code) throws Finds, InterruptedException {
    Event first = answerToHello();
    if (first == null) {
      throw Mismatch.absence("close " + code + " in answer to the hello", "nothing");
    }
    if (!(first instanceof Event.Closed closed) || closed.code() != code) {
      throw new Mismatch("close " + code + " in answer to the hello", Talk.describe(first));
    }
  }

  /** Says a hello on a connection of its own; the first event after it, or null. */
  @Nullable Event answerToHello() throws Finds, InterruptedException {
    Talk talk = opens();
    talk.sends(hello());
    return talk.next(talk.patienceMs());
  }

  /** A message in its position, not sent yet. */
  ObjectNode message(String id, String content) {
    return Json.frame("message", "content", content).put("id", id).put("seq", ++sent);
  }

  /**
   * Takes note of a frame. What is wrong with its position, or with its content when it comes
   * again, is kept for the cases that judge it: other cases can go on without it.
   */
  void took(Event.Text frame) {
    long seq = frame.seq();
    if (seq == 0) {
      return;
    }
    Event.Text before = frames.putIfAbsent(seq, frame);
    if (before != null) {
      repeats++;
      same(before, frame);
    }
    if (seq != got + 1) {
      String next = "position " + (got + 1) + " next";
      wrong.putIfAbsent(POSITIONS, new Mismatch(next, Talk.describe(frame)));
    }
    got = Math.max(got, seq);
  }

  private void same(Event.Text before, Event.Text again) {
    for (String field : List.of("type", "data", "id", "seq", "timestamp", "run_id")) {
      JsonNode first = before.json().path(field);
      if (!first.equals(again.json().path(field))) {
        String same = "a resent frame with the same " + field + ", " + first;
        wrong.putIfAbsent(RESENDS, new Mismatch(same, Talk.describe(again)));
      }
    }
  }

  /** Throws the first thing that came against one of the clauses which {@link #took} watches. */
  void judge(String clause) throws Mismatch {
    Mismatch found = wrong.get(clause);
    if (found != null) {
      throw found;
    }
  }

  /** How many frames came that had come before. */
  int repeats() {
    return repeats;
  }

  /** Every positioned frame that it was ever given, by position, each once. */
  List<Event.Text> frames() {
    return new ArrayList<>(frames.values());
  }

  /** Whether the end of a run is among the frames that it was given. */
  boolean sawAnEnd() {
    return frames.values().stream().anyMatch(Event.Text::isEnd);
  }
}
