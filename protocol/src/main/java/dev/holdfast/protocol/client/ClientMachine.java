package dev.holdfast.protocol.client;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.frame.CloseCode;

/** The client's machine: what each input does to it. Driving contract: see {@link ClientStep}. */
public final class ClientMachine implements ClientStep {
  private final ClientConfig config;

  public ClientMachine(ClientConfig config) {
    this.config = config;
  }

  @Override
  public Step<ClientState, ClientOutput> step(ClientState state, ClientInput input, Tick now) {
    ClientDraft d = new ClientDraft(state, config, now);
    switch (input) {
      case ClientInput.Connect c -> Dialing.wanted(d);
      case ClientInput.Retry r -> Dialing.retried(d, r.freshClientId());
      case ClientInput.Disconnect x -> Dialing.unwanted(d);
      case ClientInput.Say s -> Speaking.say(d, s.id(), s.content());
      case ClientInput.Cancel c -> Speaking.cancel(d, c.id(), c.runId());
      case ClientInput.Opened o -> Dialing.opened(d, o);
      case ClientInput.Refused r -> Dialing.refused(d, r);
      case ClientInput.Closed c -> Dialing.closed(d, c);
      case ClientInput.Received r -> Listening.received(d, r);
      case ClientInput.TransportSaid t -> Dialing.transportSaid(d, t.websocket());
      case ClientInput.Posted p -> Posting.posted(d, p);
      case ClientInput.Woken w -> woken(d);
    }
    return d.finish(nextDeadline(d));
  }

  private static void woken(ClientDraft d) {
    Tick now = d.now;
    switch (d.phase) {
      case Phase.Idle i -> {}
      case Phase.Dialing p when now.reached(p.deadline()) -> {
        d.output(new ClientOutput.Close(p.connection(), CloseCode.NORMAL, "handshake timeout"));
        Dialing.refused(
            d, new ClientInput.Refused(p.connection(), ClientInput.Refused.UNREACHED, 0));
      }
      case Phase.Greeting p when now.reached(p.deadline()) ->
          Dialing.leave(d, p.connection(), CloseCode.HEARTBEAT, "no greeting came");
      case Phase.Open p -> attend(d, p);
      case Phase.Waiting p when now.reached(p.dueAt()) -> Dialing.dial(d);
      case Phase.Asking p when now.reached(p.deadline()) -> Dialing.transportSaid(d, null);
      case Phase.OnHttp p -> Posting.woken(d, p);
      default -> {}
    }
    Settling.giveUpOnLate(d);
  }

  private static void attend(ClientDraft d, Phase.Open open) {
    Tick now = d.now;
    if (open.heartbeat().dead(now)) {
      Dialing.leave(d, open.connection(), CloseCode.HEARTBEAT, "nothing was heard after a ping");
      return;
    }
    if (now.reached(open.stableAt())) {
      Listening.progressed(d);
    }
    if (open.heartbeat().wantsPing(now)) {
      Speaking.ping(d);
    }
    if (now.reached(open.ackBy())) {
      Speaking.ack(d);
    }
  }

  private static long nextDeadline(ClientDraft d) {
    long deadline =
        switch (d.phase) {
          case Phase.Idle i -> Heartbeat.NEVER;
          case Phase.Dialing p -> p.deadline();
          case Phase.Greeting p -> p.deadline();
          case Phase.Open p ->
              Math.min(Math.min(p.heartbeat().nextDeadline(), p.stableAt()), p.ackBy());
          case Phase.Waiting p -> p.dueAt();
          case Phase.Asking p -> p.deadline();
          case Phase.OnHttp p -> Math.min(p.recheckAt(), p.nextAt());
        };
    for (Outbox.Entry entry : d.outbox.written()) {
      if (entry.mayBeGivenUp()) {
        deadline = Math.min(deadline, entry.giveUpAt());
      }
    }
    return deadline;
  }
}
