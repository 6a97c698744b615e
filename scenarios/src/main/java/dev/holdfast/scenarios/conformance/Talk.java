package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.RawPeer;
import dev.holdfast.scenarios.model.Dialect;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One connection of a case: says things and waits for what must come. */
public final class Talk {
  private final RawPeer peer;
  private final Dialect dialect;
  private final Pace pace;
  private final List<Event.Text> heard = new ArrayList<>();
  private @Nullable Resumption resumption;
  private int said;
  private int pinged;

  Talk(RawPeer peer, Dialect dialect, Pace pace) {
    this.peer = peer;
    this.dialect = dialect;
    this.pace = pace;
  }

  /** Says hello, and from here on what profile resume asks for beside what the script says. */
  void resumes(Resumption memory) throws Finds {
    int before = memory.greetings();
    peer.overhears(memory::arrived);
    sends(memory.hello());
    resumption = memory;
    peer.speaks(memory::positioned);
    try {
      memory.awaitGreeting(before, patienceMs());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unclear("interrupted while waiting for status connected");
    }
  }

  public RawPeer peer() {
    return peer;
  }

  /** How long anything that must come may take. */
  public long patienceMs() {
    return pace.patienceMs();
  }

  /** How long is watched for what must not come. */
  public long aftermathMs() {
    return pace.aftermathMs();
  }

  /** Every text frame that this connection's script has looked at, in order. */
  public List<Event.Text> heard() {
    return heard;
  }

  /** Says a message under a fresh id and returns the id. */
  public String says(String content) throws Finds {
    String id = peer.name() + "-m" + ++said;
    sends(Json.frame("message", "content", content).put("id", id));
    return id;
  }

  public void pings(String id) throws Finds {
    sends(Json.frame("ping").put("id", id));
  }

  /** Sends a frame with a timestamp. */
  public void sends(ObjectNode frame) throws Finds {
    if (resumption != null) {
      resumption.position(frame);
    }
    frame.put("timestamp", Instant.now().toString());
    sendsText((dialect.isNone() ? frame : dialect.theirs(frame)).toString());
  }

  public void sendsText(String text) throws Finds {
    sendsRaw(() -> peer.text(text));
  }

  /** Bytes for the socket. */
  @FunctionalInterface
  public interface Sending {
    void send() throws IOException;
  }

  /** Sends whatever; a connection that is gone is the server's doing. */
  public void sendsRaw(Sending sending) throws Finds {
    try {
      sending.send();
    } catch (IOException e) {
      throw Mismatch.absence("the connection to stay open", "it was gone: " + e.getMessage());
    }
  }

  /** The next event whatever it is, or null when none came in time. */
  public @Nullable Event next(long withinMs) throws InterruptedException {
    long until = System.nanoTime() + withinMs * 1_000_000;
    Event event = peer.next(withinMs);
    while (event instanceof Event.Text t && !isForTheScript(t)) {
      event = peer.next((until - System.nanoTime()) / 1_000_000);
    }
    if (event instanceof Event.Text t) {
      heard.add(t);
    }
    return event;
  }

  /** In profile resume a ping of the server is answered, and what core does not have is hidden. */
  private boolean isForTheScript(Event.Text frame) {
    if (resumption == null) {
      return true;
    }
    if (frame.type().equals("ping")) {
      try {
        peer.text(Json.frame("pong").put("reply_to", frame.field("id")).toString());
      } catch (IOException e) {
        // The end of the connection is the next event.
        return true;
      }
    }
    return resumption.shows(frame);
  }

  /** The first frame, which must be the greeting. */
  public Event.Text greeting() throws Finds, InterruptedException {
    Event first = next(patienceMs());
    if (first instanceof Event.Text t && t.isStatus("connected")) {
      return t;
    }
    throw first == null || first instanceof Event.Closed
        ? Mismatch.absence("status connected as the first frame", describe(first))
        : new Mismatch("status connected as the first frame", describe(first));
  }

  /** The next terminal frame: an answer, or an error. */
  public Event.Text terminal() throws Finds, InterruptedException {
    return expect("a terminal frame", Event.Text::isEnd);
  }

  /** The next answer; an error in its place is a mismatch. */
  public Event.Text answer() throws Finds, InterruptedException {
    return answer(patienceMs());
  }

  /** The next answer, however long it takes; an error in its place is a mismatch. */
  public Event.Text answer(long withinMs) throws Finds, InterruptedException {
    Event.Text end = expect("an answer", Event.Text::isEnd, withinMs);
    if (!end.isAnswer()) {
      throw new Mismatch("an answer", describe(end));
    }
    return end;
  }

  /** The next error with this code. */
  public Event.Text error(String code) throws Finds, InterruptedException {
    return expect("error " + code, e -> e.isError(code));
  }

  public Event.Text status(String word) throws Finds, InterruptedException {
    return expect("status " + word, e -> e.isStatus(word));
  }

  public Event.Text expect(String what, Predicate<Event.Text> wanted)
      throws Finds, InterruptedException {
    return expect(what, wanted, patienceMs());
  }

  /** The next frame of this kind; others are passed over. */
  public Event.Text expect(String what, Predicate<Event.Text> wanted, long withinMs)
      throws Finds, InterruptedException {
    long until = System.nanoTime() + withinMs * 1_000_000;
    Event last = null;
    while (true) {
      Event event = before(until);
      if (event instanceof Event.Text t && wanted.test(t)) {
        return t;
      }
      if (event == null || event instanceof Event.Closed) {
        throw Mismatch.absence(what + " within " + withinMs + " ms", missing(event, last));
      }
      last = event;
    }
  }

  /** The next event, or null once the time is up: a flood does not stretch it. */
  private @Nullable Event before(long untilNanos) throws InterruptedException {
    long leftMs = (untilNanos - System.nanoTime()) / 1_000_000;
    return leftMs < 0 ? null : next(leftMs);
  }

  public Event.Closed closed() throws Finds, InterruptedException {
    return closed(patienceMs());
  }

  /** Waits for the end of the connection; frames on the way are passed over. */
  public Event.Closed closed(long withinMs) throws Finds, InterruptedException {
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

  /** Waits for the end of the connection, which must come with this code. */
  public void closedWith(int code) throws Finds, InterruptedException {
    closedWith(code, patienceMs());
  }

  public void closedWith(int code, long withinMs) throws Finds, InterruptedException {
    Event.Closed closed = closed(withinMs);
    if (closed.code() != code) {
      throw new Mismatch("close " + code, describe(closed));
    }
  }

  /** An error or a close, whichever comes first; a close is returned as null. */
  public Event.@Nullable Text errorOrClose() throws Finds, InterruptedException {
    long until = System.nanoTime() + patienceMs() * 1_000_000;
    while (true) {
      Event event = before(until);
      switch (event) {
        case Event.Text t when t.type().equals("error") -> {
          return t;
        }
        case Event.Closed c -> {
          return null;
        }
        case null ->
            throw Mismatch.absence(
                "an error or a close within " + patienceMs() + " ms",
                "neither: the server went deaf");
        default -> {}
      }
    }
  }

  /** Any end of a run or the connection's; a close is returned as null. */
  public Event.@Nullable Text endOrClose() throws Finds, InterruptedException {
    long until = System.nanoTime() + patienceMs() * 1_000_000;
    while (true) {
      Event event = before(until);
      switch (event) {
        case Event.Text t when t.isEnd() -> {
          return t;
        }
        case Event.Closed c -> {
          return null;
        }
        case null ->
            throw Mismatch.absence(
                "an error, an answer or a close within " + patienceMs() + " ms",
                "none of them: the server went deaf");
        default -> {}
      }
    }
  }

  /**
   * The next frame of this kind or the end of the connection, whichever comes first; other frames
   * are passed over.
   *
   * @param withinMs how long to wait, in milliseconds, at least 0
   * @return null when neither came in time
   */
  public @Nullable Event nextOf(Predicate<Event.Text> wanted, long withinMs)
      throws InterruptedException {
    long until = System.nanoTime() + withinMs * 1_000_000;
    Event event = before(until);
    while (event instanceof Event.Binary || (event instanceof Event.Text t && !wanted.test(t))) {
      event = before(until);
    }
    return event;
  }

  /** Nothing of this kind may come for a while; the end of the connection is no objection. */
  public void quiet(String what, Predicate<Event.Text> unwanted)
      throws Finds, InterruptedException {
    long until = System.nanoTime() + pace.aftermathMs() * 1_000_000;
    while (true) {
      Event event = before(until);
      if (event instanceof Event.Text t && unwanted.test(t)) {
        throw new Mismatch("no " + what, describe(t));
      }
      if (event == null || event instanceof Event.Closed) {
        return;
      }
    }
  }

  /** Proves that the connection still hears: a ping gets its pong. */
  public void stillHears() throws Finds, InterruptedException {
    pings("still-there-" + ++pinged);
    expect("a pong", e -> e.type().equals("pong"));
  }

  /** Ends the connection one way or another; when this returns the peer is told or gone. */
  public void ends(Ending how) {
    try {
      how.end(peer);
    } catch (IOException e) {
      // The other side ended it first, as it may where a newer connection takes its place.
    }
  }

  /** Ends the connection the hard way. */
  public void cut() throws Finds {
    ends(Ending.RST);
  }

  private static String missing(@Nullable Event event, @Nullable Event last) {
    String end = event == null ? "nothing more" : describe(event);
    return last == null ? end : end + ", after " + describe(last);
  }

  /** An event in words for people. */
  public static String describe(@Nullable Event event) {
    return switch (event) {
      case null -> "nothing";
      case Event.Text t -> t.text().length() > 300 ? t.text().substring(0, 300) + "…" : t.text();
      case Event.Binary b -> "a binary frame of " + b.bytes() + " bytes";
      case Event.Closed c -> "close " + c.code() + (c.reason().isEmpty() ? "" : " " + c.reason());
    };
  }
}
