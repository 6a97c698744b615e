package dev.holdfast.server.session;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import dev.holdfast.server.Minted;
import dev.holdfast.server.store.Drawer;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session: takes its letters one at a time, on one event loop, steps the machine and carries
 * out what comes of it.
 *
 * <p>A step's audit entries are written before any other of its outputs; if they cannot be, the
 * step has not happened: the letter stays where it is and is tried again. Then its state is kept,
 * and only then a peer sees anything of it. Letters that wait together are audited in one write,
 * with those of other sessions of this loop, and steps that wait for the store are kept together.
 */
final class SessionActor {
  private static final Logger LOG = LoggerFactory.getLogger(SessionActor.class);
  private static final int LETTERS_A_TURN = 64;
  private static final long RETRY_MS = 250;
  private static final long FORGET_RETRY_NANOS = 1_000_000_000L;
  private static final int INTERNAL_ERROR = 1011;
  private static final int LATER = -1;

  private final String id;
  private final EventExecutor loop;
  private final Household house;
  private final Scribe scribe;
  private final Consumer<SessionActor> gone;
  private final ServerStep machine;
  private final Drawer drawer;
  private final SplittableRandom entropy = new SplittableRandom(Minted.seed());
  private final Mailbox mailbox = new Mailbox();
  private final Alarm alarm;
  private final Hands hands;
  private volatile List<Batch.Deed> unkept = List.of();
  private boolean keeping;
  private boolean auditing;
  private boolean over;
  private volatile SessionState state;

  /**
   * @param left what a store held of it; null for a new session
   */
  SessionActor(
      String id,
      EventExecutor loop,
      Household house,
      Scribe scribe,
      @Nullable SessionState left,
      Consumer<SessionActor> gone) {
    this.id = id;
    this.loop = loop;
    this.house = house;
    this.scribe = scribe;
    this.gone = gone;
    machine = house.machine().get();
    drawer = house.store().drawer(id);
    alarm = new Alarm(loop, () -> post(Letter.of(new ServerInput.Woken())));
    hands = new Hands(id, house, run -> new Ear(run, loop, house.store().keeps(), this::fromAgent));
    state = left == null ? SessionState.fresh(id, Minted.hex(8)) : left;
  }

  String id() {
    return id;
  }

  /** Read from any thread, so perhaps a moment old. */
  SessionState state() {
    return state;
  }

  boolean admits(Profile profile) {
    return state.admits(profile);
  }

  boolean atRest() {
    SessionState now = state;
    return now.connections().isEmpty() && now.runs().isEmpty() && unkept.isEmpty();
  }

  /** Takes a letter in any case; false when the session is gone. */
  boolean post(Letter letter) {
    return woken(mailbox.put(letter)) != Mailbox.Receipt.SHUT;
  }

  /** Takes a letter if there is room. */
  Mailbox.Receipt offer(Letter letter) {
    return woken(mailbox.offer(letter));
  }

  private boolean fromAgent(Letter letter, boolean mayWait) throws InterruptedException {
    var receipt = woken(mayWait ? mailbox.putWhenRoom(letter) : mailbox.put(letter));
    return receipt != Mailbox.Receipt.SHUT;
  }

  private Mailbox.Receipt woken(Mailbox.Receipt receipt) {
    if (receipt == Mailbox.Receipt.WAKE) {
      onLoop(this::turn);
    }
    return receipt;
  }

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("event=letter_dropped session={} reason=stopped", id);
    }
  }

  private void turn() {
    if (keeping || auditing) {
      return;
    }
    boolean goesOn = unkept.isEmpty() && readLetters();
    if (!unkept.isEmpty()) {
      keep();
    } else if (goesOn) {
      onLoop(this::turn);
    }
  }

  /** Deals with some letters; whether more may be waiting. */
  private boolean readLetters() {
    int dealt = 0;
    while (dealt < LETTERS_A_TURN) {
      int most = house.doors().recordsBroken() ? 1 : LETTERS_A_TURN - dealt;
      List<Letter> letters = mailbox.oldest(most);
      if (letters.isEmpty()) {
        return false;
      }
      int done = dealtWith(letters);
      if (!putAway(done)) {
        return false;
      }
      dealt += done;
    }
    return true;
  }

  /** Letters that are dealt with leave the mailbox; false when the session has to wait. */
  private boolean putAway(int done) {
    if (done == 0) {
      retryLater();
    }
    if (done > 0) {
      mailbox.removeOldest(done);
    }
    return done > 0;
  }

  private void retryLater() {
    var unused = loop.schedule(this::turn, RETRY_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * How many of the letters can be put away; none while the audit log cannot be written, and {@link
   * #LATER} while it is being written.
   */
  private int dealtWith(List<Letter> letters) {
    if (house.doors().storeBroken() && Refusals.refused(letters.getFirst(), state)) {
      return 1;
    }
    List<Batch.Deed> deeds = new ArrayList<>(letters.size());
    RuntimeException failure = stepped(letters, deeds);
    Batch batch = new Batch(letters, deeds, failure);
    if (batch.events().isEmpty()) {
      return concluded(batch, null);
    }
    auditing = true;
    scribe.write(batch.events(), unwritten -> goOn(batch, unwritten));
    return LATER;
  }

  /** The audit log has answered. */
  private void goOn(Batch batch, @Nullable IOException unwritten) {
    auditing = false;
    if (!over && putAway(concluded(batch, unwritten))) {
      turn();
    }
  }

  private int concluded(Batch batch, @Nullable IOException unwritten) {
    if (unwritten != null) {
      return batch.size() > 1
          ? dealtWith(List.of(batch.first()))
          : unaudited(batch.first(), unwritten) ? 1 : 0;
    }
    RuntimeException failure = batch.failure();
    try {
      noted(batch);
      batch.deeds().forEach(this::follow);
    } catch (RejectedExecutionException e) {
      LOG.debug("event=letter_dropped session={} reason=stopped", id);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure != null) {
      LOG.error("event=session_failed session={} consequence=connections_closed", id, failure);
      mailbox.removeOldest(batch.deeds().size());
      collapse();
    }
    return batch.size();
  }

  /**
   * Steps over the letters, all at one time, up to one that the machine fails on; its failure, or
   * null.
   */
  private @Nullable RuntimeException stepped(List<Letter> letters, List<Batch.Deed> deeds) {
    SessionState ahead = state;
    long nanos = System.nanoTime();
    Instant wall = Instant.now();
    for (Letter letter : letters) {
      try {
        Tick tick = new Tick(nanos, wall, entropy.nextLong());
        Step<SessionState, ServerOutput> step = machine.step(ahead, letter.input(), tick);
        ahead = step.state();
        deeds.add(new Batch.Deed(letter, ahead, step.outputs()));
      } catch (RuntimeException e) {
        return e;
      }
    }
    return null;
  }

  /** What was stepped over and audited becomes so: at once, or once it is kept. */
  private void follow(Batch.Deed deed) {
    state = deed.state();
    hands.welcome(deed.letter());
    if (unkept.isEmpty() && !drawer.mustKeep(state)) {
      carryOut(deed);
    } else {
      later(deed);
    }
  }

  private void noted(Batch batch) {
    if (!batch.events().isEmpty()) {
      house.doors().auditBroken(false);
    }
    for (Batch.Deed deed : batch.deeds()) {
      deed.eachEntry(event -> audited(event, deed.letter()));
    }
  }

  private void audited(AuditEvent event, Letter letter) {
    house.metrics().saw(event);
    hands.note(event, letter);
    logged(event);
  }

  /** The log tells what the audit does, without what stands for content. */
  private void logged(AuditEvent event) {
    if (LOG.isInfoEnabled()) {
      LOG.info(
          "event={} session={} run={} connection={} result={} error={}",
          event.event(),
          id,
          event.fields().get(AuditField.RUN_ID),
          event.fields().get(AuditField.CONNECTION_ID),
          event.fields().get(AuditField.RESULT),
          event.fields().get(AuditField.ERROR));
    }
  }

  /** New work is refused; for the rest the session waits, and rather than go deaf says so. */
  private boolean unaudited(Letter letter, IOException cause) {
    if (house.doors().auditBroken(true)) {
      LOG.error("event=audit_failed session={} consequence=new_work_refused", id, cause);
    }
    if (Refusals.refused(letter, state)) {
      return true;
    }
    Link link = letter.link();
    if (link != null) {
      link.close(Refusals.TRY_AGAIN_LATER, "the server cannot keep records");
    }
    hands.sendAway(Refusals.TRY_AGAIN_LATER, "the server cannot keep records");
    return false;
  }

  private void later(Batch.Deed deed) {
    if (unkept.isEmpty()) {
      unkept = new ArrayList<>();
    }
    unkept.add(deed);
  }

  private void keep() {
    keeping = true;
    drawer.keep(state, failure -> onLoop(() -> kept(failure)));
  }

  private void kept(@Nullable IOException failure) {
    keeping = false;
    if (failure != null) {
      if (house.doors().storeBroken(true)) {
        LOG.error("event=store_failed session={} consequence=new_work_refused", id, failure);
      }
      hands.sendAway(Refusals.TRY_AGAIN_LATER, "the server cannot keep records");
      retryLater();
      return;
    }
    if (house.doors().storeBroken(false)) {
      LOG.info("event=store_mended session={}", id);
    }
    List<Batch.Deed> deeds = unkept;
    unkept = List.of();
    deeds.forEach(this::carryOut);
    turn();
  }

  private void carryOut(Batch.Deed deed) {
    deed.outputs().forEach(this::carryOut);
    hands.dismiss(deed.letter());
  }

  private void carryOut(ServerOutput output) {
    switch (output) {
      case ServerOutput.Send s -> hands.send(s);
      case ServerOutput.Close c -> hands.close(c);
      case ServerOutput.StartRun start -> hands.start(start);
      case ServerOutput.CancelRun cancel -> hands.cancel(cancel.runId());
      case ServerOutput.Reply r -> hands.reply(r);
      case ServerOutput.Audit written -> {}
      case ServerOutput.WakeAt wake -> alarm.at(wake.nanos());
      case ServerOutput.Forget f -> forget();
    }
  }

  private void forget() {
    if (mailbox.shutIfLast()) {
      drawer.empty();
      leave();
    } else {
      alarm.at(System.nanoTime() + FORGET_RETRY_NANOS);
    }
  }

  /** Our own fault: whatever the session was doing is over, and everybody in it is told. */
  private void collapse() {
    hands.fail(mailbox.shut(), INTERNAL_ERROR);
    drawer.empty();
    leave();
  }

  private void leave() {
    over = true;
    alarm.off();
    unkept = List.of();
    hands.letGo();
    gone.accept(this);
  }

  /** Ends the session without a word, as if the process had died. */
  void kill() {
    mailbox.shut();
    onLoop(this::leave);
  }
}
