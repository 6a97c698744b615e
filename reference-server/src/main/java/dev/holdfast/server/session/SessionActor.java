package dev.holdfast.server.session;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import dev.holdfast.server.Minted;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.AgentRequest;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session: takes its letters one at a time, on one event loop, steps the machine and carries
 * out what comes of it.
 *
 * <p>A step's audit entries are written before any other of its outputs. If they cannot be, the
 * step has not happened: the letter stays where it is and is tried again, while the doors are shut.
 */
final class SessionActor {
  private static final Logger LOG = LoggerFactory.getLogger(SessionActor.class);
  private static final int LETTERS_A_TURN = 64;
  private static final long AUDIT_RETRY_MS = 250;
  private static final long FORGET_RETRY_NANOS = 1_000_000_000L;
  private static final int INTERNAL_ERROR = 1011;
  private static final int TRY_AGAIN_LATER = 1013;

  private final String id;
  private final EventExecutor loop;
  private final Household house;
  private final Consumer<SessionActor> gone;
  private final ServerStep machine;
  private final SplittableRandom entropy = new SplittableRandom(Minted.seed());
  private final Mailbox mailbox = new Mailbox();
  private final Alarm alarm;
  private final Map<String, Link> links = new HashMap<>(2);
  private final Map<String, Responder> responders = new HashMap<>(2);
  private final Map<String, Agent.Run> runs = new HashMap<>(2);
  private volatile SessionState state;

  SessionActor(String id, EventExecutor loop, Household house, Consumer<SessionActor> gone) {
    this.id = id;
    this.loop = loop;
    this.house = house;
    this.gone = gone;
    machine = house.machine().get();
    alarm = new Alarm(loop, () -> post(Letter.of(new ServerInput.Woken())));
    state = SessionState.fresh(id, Minted.hex(8));
  }

  String id() {
    return id;
  }

  boolean admits(Profile profile) {
    return state.admits(profile);
  }

  boolean atRest() {
    SessionState now = state;
    return now.connections().isEmpty() && now.runs().isEmpty();
  }

  /** Takes a letter in any case; false when the session is gone. */
  boolean post(Letter letter) {
    return woken(mailbox.put(letter)) != Mailbox.Receipt.SHUT;
  }

  /** Takes a letter if there is room. */
  Mailbox.Receipt offer(Letter letter) {
    return woken(mailbox.offer(letter));
  }

  private Mailbox.Receipt woken(Mailbox.Receipt receipt) {
    if (receipt == Mailbox.Receipt.WAKE) {
      try {
        loop.execute(this::turn);
      } catch (RejectedExecutionException e) {
        LOG.debug("event=letter_dropped session={} reason=stopped", id);
      }
    }
    return receipt;
  }

  private void turn() {
    for (int i = 0; i < LETTERS_A_TURN; i++) {
      Letter letter = mailbox.oldest();
      if (letter == null) {
        return;
      }
      if (!dealtWith(letter)) {
        var unused = loop.schedule(this::turn, AUDIT_RETRY_MS, TimeUnit.MILLISECONDS);
        return;
      }
      mailbox.removeOldest();
    }
    loop.execute(this::turn);
  }

  /** Whether the letter can be put away; false while the audit log cannot be written. */
  private boolean dealtWith(Letter letter) {
    try {
      Step<SessionState, ServerOutput> step = machine.step(state, letter.input(), tick());
      audit(step.outputs());
      state = step.state();
      welcome(letter);
      step.outputs().forEach(this::carryOut);
      dismiss(letter);
      return true;
    } catch (IOException e) {
      stalled(letter, e);
      return false;
    } catch (RejectedExecutionException e) {
      LOG.debug("event=letter_dropped session={} reason=stopped", id);
      return true;
    } catch (RuntimeException e) {
      LOG.error("event=session_failed session={} consequence=connections_closed", id, e);
      collapse();
      return true;
    }
  }

  /** Rather than go deaf, the session sends its peers away until its records can be kept. */
  private void stalled(Letter letter, IOException cause) {
    if (house.doors().auditBroken(true)) {
      LOG.error("event=audit_failed session={} consequence=new_work_refused", id, cause);
    }
    if (letter.link() != null) {
      links.put(letter.link().id(), letter.link());
    }
    links.values().forEach(link -> link.close(TRY_AGAIN_LATER, "the server cannot keep records"));
    links.clear();
  }

  private Tick tick() {
    return new Tick(System.nanoTime(), Instant.now(), entropy.nextLong());
  }

  private void audit(List<ServerOutput> outputs) throws IOException {
    List<AuditEvent> events = new ArrayList<>(2);
    for (ServerOutput output : outputs) {
      if (output instanceof ServerOutput.Audit audit) {
        events.add(audit.event());
      }
    }
    if (!events.isEmpty()) {
      house.audit().append(events);
      house.doors().auditBroken(false);
      events.forEach(house.metrics()::saw);
    }
  }

  private void welcome(Letter letter) {
    if (letter.input() instanceof ServerInput.Opened opened && letter.link() != null) {
      links.put(opened.connection(), letter.link());
    } else if (letter.input() instanceof ServerInput.Posted posted && letter.responder() != null) {
      responders.put(posted.request(), letter.responder());
    }
  }

  private void dismiss(Letter letter) {
    switch (letter.input()) {
      case ServerInput.Received r -> {
        if (letter.link() != null) {
          letter.link().dealtWith();
        }
      }
      case ServerInput.Closed c -> links.remove(c.connection());
      case ServerInput.AgentSaid said -> {
        if (ends(said.event())) {
          runs.remove(said.runId());
        }
      }
      default -> {}
    }
  }

  private static boolean ends(AgentEvent event) {
    return event instanceof AgentEvent.Answer || event instanceof AgentEvent.Failed;
  }

  private void carryOut(ServerOutput output) {
    switch (output) {
      case ServerOutput.Send s -> send(s.connection(), s.frame());
      case ServerOutput.Close c -> {
        Link link = links.remove(c.connection());
        if (link != null) {
          link.close(c.code(), c.reason());
        }
      }
      case ServerOutput.StartRun start -> start(start);
      case ServerOutput.CancelRun cancel -> {
        Agent.Run run = runs.remove(cancel.runId());
        if (run != null) {
          run.cancel();
        }
      }
      case ServerOutput.Reply r -> {
        Responder responder = responders.remove(r.request());
        if (responder != null) {
          responder.reply(r.reply());
        }
      }
      case ServerOutput.Audit written -> {}
      case ServerOutput.WakeAt wake -> alarm.at(wake.nanos());
      case ServerOutput.Forget f -> {
        if (mailbox.shutIfLast()) {
          leave();
        } else {
          alarm.at(System.nanoTime() + FORGET_RETRY_NANOS);
        }
      }
    }
  }

  private void send(String connection, Frame frame) {
    Link link = links.get(connection);
    if (link != null) {
      house.metrics().sent(frame);
      link.send(frame);
    }
  }

  private void start(ServerOutput.StartRun start) {
    var request =
        new AgentRequest(start.runId(), start.messageId(), id, start.content(), start.history());
    try {
      runs.put(start.runId(), house.agent().start(request, new Ear(start.runId())));
    } catch (RuntimeException e) {
      LOG.error("event=agent_failed session={} run={}", id, start.runId(), e);
      new Ear(start.runId()).accept(new AgentEvent.Failed("The agent could not be started."));
    }
  }

  /** Brings what the agent says of one run to the session; holds the agent back when it is full. */
  private final class Ear implements Consumer<AgentEvent> {
    private final String runId;
    private volatile boolean over;

    Ear(String runId) {
      this.runId = runId;
    }

    @Override
    public void accept(AgentEvent event) {
      if (over) {
        return;
      }
      over = ends(event);
      Letter letter = Letter.of(new ServerInput.AgentSaid(runId, event));
      try {
        woken(loop.inEventLoop() ? mailbox.put(letter) : mailbox.putWhenRoom(letter));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Our own fault: whatever the session was doing is over, and everybody in it is told. */
  private void collapse() {
    for (Letter letter : mailbox.shut()) {
      Link link = letter.link();
      if (link != null) {
        links.put(link.id(), link);
      }
      if (letter.responder() != null) {
        letter.responder().reply(new HttpReply.Refused(500, "internal", "The server failed."));
      }
    }
    links.values().forEach(link -> link.close(INTERNAL_ERROR, "the server failed"));
    var failed = new HttpReply.Refused(500, "internal", "The server failed.");
    responders.values().forEach(responder -> responder.reply(failed));
    leave();
  }

  private void leave() {
    alarm.off();
    abandonRuns();
    links.clear();
    responders.clear();
    gone.accept(this);
  }

  /** Ends the session without a word, as if the process had died. */
  void kill() {
    mailbox.shut();
    try {
      loop.execute(this::leave);
    } catch (RejectedExecutionException e) {
      LOG.debug("event=kill_after_stop session={}", id);
    }
  }

  private void abandonRuns() {
    runs.values().forEach(Agent.Run::cancel);
    runs.clear();
  }
}
