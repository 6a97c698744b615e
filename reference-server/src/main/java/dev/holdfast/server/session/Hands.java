package dev.holdfast.server.session;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.AgentRequest;
import dev.holdfast.server.metrics.RunTimes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session holds in the world: its connections, who waits for answers, its agents' runs. */
final class Hands {
  private static final Logger LOG = LoggerFactory.getLogger(Hands.class);

  private final String session;
  private final Household house;
  private final Function<String, Consumer<AgentEvent>> ears;
  private final Map<String, Link> links = new HashMap<>(2);
  private final Map<String, Responder> responders = new HashMap<>(2);
  private final RunTimes times;
  private final Map<String, Agent.Run> runs = new HashMap<>(2);

  /**
   * @param ears makes the one who listens to the agent of a run
   */
  Hands(String session, Household house, Function<String, Consumer<AgentEvent>> ears) {
    this.session = session;
    this.house = house;
    this.ears = ears;
    times = new RunTimes(house.metrics());
  }

  /** Takes note of what a letter led to: whose run began, whose ended. */
  void note(AuditEvent event, Letter letter) {
    if (event.fields().get(AuditField.RUN_ID) instanceof String run) {
      switch (event.event()) {
        case AuditEvent.MESSAGE_ACCEPTED, AuditEvent.HTTP_CHAT ->
            times.accepted(run, letter.arrivedNanos());
        default -> {}
      }
    }
  }

  /** Whoever came with a letter can be spoken to from here. */
  void welcome(Letter letter) {
    Link link = letter.link();
    Responder responder = letter.responder();
    if (letter.input() instanceof ServerInput.Opened opened && link != null) {
      links.put(opened.connection(), link);
    } else if (letter.input() instanceof ServerInput.Posted posted && responder != null) {
      responders.put(posted.request(), responder);
    } else if (letter.input() instanceof ServerInput.Pushed pushed && responder != null) {
      responders.put(pushed.request(), responder);
    }
  }

  void send(ServerOutput.Send send) {
    Link link = links.get(send.connection());
    if (link != null) {
      Frame frame = send.frame();
      house.metrics().sent(frame);
      times.sent(frame);
      link.send(frame);
    }
  }

  void close(ServerOutput.Close close) {
    Link link = links.remove(close.connection());
    if (link != null) {
      link.close(close.code(), close.reason());
    }
  }

  void reply(ServerOutput.Reply reply) {
    Responder responder = responders.remove(reply.request());
    if (responder != null) {
      responder.reply(reply.reply());
    }
  }

  void start(ServerOutput.StartRun start) {
    var request =
        new AgentRequest(
            start.runId(), start.messageId(), session, start.content(), start.history());
    Consumer<AgentEvent> ear = ears.apply(start.runId());
    try {
      runs.put(start.runId(), house.agent().start(request, ear));
    } catch (RuntimeException e) {
      LOG.error("event=agent_failed session={} run={}", session, start.runId(), e);
      ear.accept(new AgentEvent.Failed("The agent could not be started."));
    }
  }

  void cancel(String runId) {
    Agent.Run run = runs.remove(runId);
    times.ended(runId);
    if (run != null) {
      run.cancel();
    }
  }

  /** All that came of a letter is done. */
  void dismiss(Letter letter) {
    Link link = letter.link();
    switch (letter.input()) {
      case ServerInput.Received r when link != null -> link.dealtWith();
      case ServerInput.Closed c -> links.remove(c.connection());
      case ServerInput.AgentSaid said when Ear.ends(said.event()) -> {
        runs.remove(said.runId());
        times.ended(said.runId());
      }
      default -> {}
    }
    Runnable whenDone = letter.whenDone();
    if (whenDone != null) {
      whenDone.run();
    }
  }

  /** Everybody who is connected is asked to come back. */
  void sendAway(int code, String reason) {
    links.values().forEach(link -> link.close(code, reason));
    links.clear();
  }

  /** Everybody who came with a letter, or before, is told that the server failed. */
  void fail(Iterable<Letter> unread, int code) {
    unread.forEach(letter -> {
      if (letter.link() != null) {
        links.put(letter.link().id(), letter.link());
      }
      welcome(letter);
    });
    sendAway(code, "the server failed");
    var failed = new HttpReply.Refused(500, "internal", "The server failed.");
    responders.values().forEach(responder -> responder.reply(failed));
  }

  /** Lets go of everything without a word. */
  void letGo() {
    runs.values().forEach(Agent.Run::cancel);
    runs.clear();
    links.clear();
    responders.clear();
  }
}
