package dev.holdfast.scenarios.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.report.result.Direction;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The client of one case: takes commands, tells events, and has limits. */
public final class UnderTest implements AutoCloseable {
  static final long READY_MS = 10_000;
  private static final long REPLY_MS = 10_000;

  /** It should take 2 s: a slow one, or one on a busy machine, is given more. */
  private static final long LEAVE_MS = 10_000;

  private static final String LATE =
      "it did not exit within " + LEAVE_MS / 1_000 + " s of the end of its input";
  private static final int MAX_EVIDENCE = 100;

  private final WireLog log;
  private final Adapter.Running running;
  private final Heard heard = new Heard();
  private int commands;
  private int stateCursor;

  /** Starts it; it is ready when {@link #awaitReady} returns. */
  UnderTest(Adapter adapter, Map<String, String> environment, WireLog log) throws IOException {
    this.log = log;
    running = adapter.start(environment, heard);
  }

  /** All that was heard, in order; guarded by its lock. */
  private final class Heard implements Adapter.Output {
    final ReentrantLock lock = new ReentrantLock();
    final Condition news = lock.newCondition();
    final List<Told> told = new ArrayList<>();
    final Map<Integer, JsonNode> replies = new java.util.HashMap<>();
    final List<String> complaints = new ArrayList<>();
    final Deque<String> evidence = new ArrayDeque<>();
    @Nullable Ready ready;
    @Nullable Integer exit;
    boolean leaving;

    /** It is ended by us: its exit code says nothing of it. */
    boolean ended;

    @Override
    public void line(String line) {
      log.note("client", Direction.RECEIVED, line);
      JsonNode json = line.isBlank() ? null : Json.readOrNull(line);
      change(() -> take(line, json));
    }

    private void take(String line, @Nullable JsonNode json) {
      if (json == null || !json.isObject()) {
        complaints.add("it printed a line that is no JSON object: " + shortened(line));
      } else if (json.has("re")) {
        replies.put(json.path("re").asInt(), json);
      } else if (ready == null) {
        ready = Ready.of(json);
        if (ready == null) {
          complaints.add("its first line is not ready: " + shortened(line));
        }
      } else {
        told.add(new Told(log.nowMs(), json.path("event").asText(), json.path("data")));
        if (json.path("event").asText().equals("error")) {
          complaints.add("an uncaught error: " + json.path("data").path("message"));
        }
      }
    }

    @Override
    public void evidence(String line) {
      log.note("stderr", line);
      change(() -> {
        evidence.add(line);
        if (evidence.size() > MAX_EVIDENCE) {
          evidence.remove();
        }
      });
    }

    @Override
    public void broke(String how) {
      change(() -> complaints.add(how));
    }

    @Override
    public void ended(int code) {
      log.note("client", "ended with exit code " + code);
      change(() -> {
        exit = code;
        if (code != Adapter.UNSUPPORTED && !ended && (!leaving || code != 0)) {
          String when =
              ready == null
                  ? "it ended before it said that it is ready, with exit code "
                  : "it ended in the middle of the case, with exit code ";
          complaints.add((leaving ? "it ended with exit code " : when) + code);
        }
      });
    }

    private void change(Runnable change) {
      lock.lock();
      try {
        change.run();
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Waits until there is something to give, it ended, or the time is up. */
    <T> @Nullable T await(Looking<T> looking, long withinMs) throws InterruptedException {
      long left = TimeUnit.MILLISECONDS.toNanos(withinMs);
      lock.lock();
      try {
        T found = looking.find();
        while (found == null && exit == null && left > 0) {
          left = news.awaitNanos(left);
          found = looking.find();
        }
        return found;
      } finally {
        lock.unlock();
      }
    }
  }

  private interface Looking<T> {
    @Nullable T find();
  }

  private static String shortened(String line) {
    return line.length() > 120 ? line.substring(0, 120) + "…" : line;
  }

  /** What it declares, or null when it did not within the time allowed; see the complaints. */
  @Nullable Ready awaitReady() throws InterruptedException {
    return heard.await(() -> heard.complaints.isEmpty() ? heard.ready : null, READY_MS);
  }

  /** Its exit code when it ended by itself, else null. */
  @Nullable Integer exit() {
    return heard.exit;
  }

  /** What is wrong with it whatever the case asks: a crash, an uncaught error, rubbish. */
  List<String> complaints() {
    heard.lock.lock();
    try {
      return List.copyOf(heard.complaints);
    } finally {
      heard.lock.unlock();
    }
  }

  /** Whether nothing else is wrong than that it took long to exit, if that. */
  boolean isOnlyLate() {
    return complaints().stream().allMatch(LATE::equals);
  }

  /** The last lines that it wrote to standard error. */
  List<String> standardError() {
    heard.lock.lock();
    try {
      return List.copyOf(heard.evidence);
    } finally {
      heard.lock.unlock();
    }
  }

  /** Says something; gives the command's number. */
  public int send(String content) throws Mismatch, Unsupported, InterruptedException {
    return command("send", Json.object().put("content", content));
  }

  public void connect() throws Mismatch, Unsupported, InterruptedException {
    command("connect", Json.object());
  }

  public void disconnect() throws Mismatch, Unsupported, InterruptedException {
    command("disconnect", Json.object());
  }

  public void retry() throws Mismatch, Unsupported, InterruptedException {
    command("retry", Json.object());
  }

  public void cancel(String runId) throws Mismatch, Unsupported, InterruptedException {
    command("cancel", Json.object().put("run_id", runId));
  }

  /** Lets it go on by itself; what it had to tell by then has been told. */
  public void rest(long ms) throws Mismatch, Unsupported, InterruptedException {
    command("wait", Json.object().put("ms", ms), ms + REPLY_MS);
  }

  private int command(String word, ObjectNode more)
      throws Mismatch, Unsupported, InterruptedException {
    return command(word, more, REPLY_MS);
  }

  private int command(String word, ObjectNode more, long withinMs)
      throws Mismatch, Unsupported, InterruptedException {
    int n = ++commands;
    String line = ((ObjectNode) Json.object().put("n", n).put("cmd", word).setAll(more)).toString();
    log.note("client", Direction.SENT, line);
    running.write(line);
    JsonNode reply = heard.await(() -> heard.replies.get(n), withinMs);
    if (reply == null) {
      throw Mismatch.absence("an answer to the command " + word, "none within " + withinMs + " ms");
    }
    if (reply.path("unsupported").asBoolean()) {
      throw new Unsupported("the client does not support the command " + word);
    }
    return n;
  }

  /** Everything told so far. */
  public List<Told> told() {
    heard.lock.lock();
    try {
      return List.copyOf(heard.told);
    } finally {
      heard.lock.unlock();
    }
  }

  /** Waits for a state, later than the last one waited for. */
  public Told state(String state, long withinMs) throws Mismatch, InterruptedException {
    Told found = heard.await(() -> findFrom(stateCursor, t -> t.isState(state)), withinMs);
    if (found == null) {
      throw Mismatch.absence("the state " + state + " within " + withinMs + " ms", states());
    }
    stateCursor = told().indexOf(found) + 1;
    return found;
  }

  /** Waits for a state, later than the last one waited for, where the client reports it. */
  void awaitReport(String state, long withinMs) throws InterruptedException {
    var unused = heard.await(() -> findFrom(stateCursor, t -> t.isState(state)), withinMs);
  }

  /** States told from now on are the ones waited for. */
  public void forgetStates() {
    stateCursor = told().size();
  }

  /** The states told so far, as text. */
  String states() {
    List<String> states = new ArrayList<>();
    told().stream()
        .filter(t -> t.event().equals("state"))
        .forEach(t -> states.add(t.data().path("state").asText()));
    return "the states " + states;
  }

  /** How often it reported this state so far. */
  long reported(String state) {
    return told().stream().filter(t -> t.isState(state)).count();
  }

  /** Whether the newest state is that it tries no more. */
  boolean gaveUp() {
    List<Told> states = told().stream().filter(t -> t.event().equals("state")).toList();
    return !states.isEmpty() && states.getLast().isState("disconnected");
  }

  private @Nullable Told findFrom(int from, Predicate<Told> wanted) {
    for (int i = from; i < heard.told.size(); i++) {
      if (wanted.test(heard.told.get(i))) {
        return heard.told.get(i);
      }
    }
    return null;
  }

  /** Waits until something like this was told, at any time of the case. */
  public Told expect(String what, Predicate<Told> wanted, long withinMs)
      throws Mismatch, InterruptedException {
    Told found = heard.await(() -> findFrom(0, wanted), withinMs);
    if (found == null) {
      throw Mismatch.absence(what + " within " + withinMs + " ms", "nothing of the kind");
    }
    return found;
  }

  /** How many deliveries so far show this text. */
  public long shown(String marker) {
    return told().stream().filter(t -> t.shows(marker)).count();
  }

  /** Ends its input and waits until it left; that it stays is one more complaint. */
  void leave() throws InterruptedException {
    heard.change(() -> heard.leaving = true);
    running.endInput();
    awaitExit(LEAVE_MS);
    if (heard.exit == null) {
      heard.broke(LATE);
    }
    close();
  }

  /** Waits until it has ended, but not longer than this. */
  void awaitExit(long withinMs) throws InterruptedException {
    var unused = heard.await(() -> null, withinMs);
  }

  @Override
  public void close() {
    heard.change(() -> {
      heard.leaving = true;
      heard.ended = heard.exit == null;
    });
    running.close();
  }
}
