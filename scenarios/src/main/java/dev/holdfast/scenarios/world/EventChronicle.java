package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.scenarios.check.Event;
import dev.holdfast.scenarios.check.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a story down as the events that judges read, in the order in which they happened. */
final class EventChronicle implements Chronicle {
  private static final int USUAL_EVENTS = 512;

  private final List<Event> events = new ArrayList<>(USUAL_EVENTS);

  List<Event> events() {
    return events;
  }

  @Override
  public Witness client(String name, Clock clock) {
    return new OfClient(name);
  }

  @Override
  public ServerWitness server(String name, Clock clock) {
    return new OfServer(name);
  }

  @Override
  public void fault(Story.Ill ill, String phase, long bites, Clock clock) {
    add(
        Source.HARNESS,
        "faults",
        clock.nanos(),
        null,
        new Fact.Fault(ill.kind().word(), phase, bites));
  }

  @Override
  public void healed(VirtualClient client) {
    add(Source.CLIENT, client.name(), client.clock().nanos(), null, new Fact.Healed());
  }

  @Override
  public void watched(VirtualClient client) {
    add(Source.CLIENT, client.name(), client.clock().nanos(), null, new Fact.Watched());
  }

  private void add(
      Source source, String process, long nanos, @Nullable String connection, Fact fact) {
    events.add(new Event(source, process, nanos, connection, fact));
  }

  private final class OfClient implements Witness {
    private final String name;
    private long nanos;
    private int connection;
    private int named = -1;
    private String names = "";

    OfClient(String name) {
      this.name = name;
    }

    @Override
    public void at(Tick now, @Nullable String session, int newest) {
      nanos = now.monotonicNanos();
      connection = newest;
    }

    @Override
    public void acted(String op) {
      seen(connection, new Fact.Did(op));
    }

    @Override
    public void says(String id, @Nullable String as, String content) {
      seen(connection, new Fact.Said(id));
    }

    @Override
    public void cancels(String id, String run) {
      seen(connection, new Fact.Cancelled(id));
    }

    @Override
    public void heard(int on, String text, @Nullable Frame frame, @Nullable String violation) {
      String type = frame == null ? "invalid" : frame.type().word();
      seen(on, new Fact.Heard(type, frame, false));
    }

    @Override
    public void wrote(int on, String text, Frame frame, boolean sent) {
      seen(on, new Fact.Wrote(frame.type().word(), frame.envelope().id(), frame, sent));
    }

    @Override
    public void input(ClientInput input) {
      switch (input) {
        case ClientInput.Refused r -> seen(r.connection(), new Fact.Refused(r.retryAfterMs()));
        case ClientInput.Closed c -> seen(c.connection(), new Fact.Ended(c.code()));
        case ClientInput.Connect c -> acted("connect");
        case ClientInput.Disconnect d -> acted("disconnect");
        case ClientInput.Retry r -> acted("retry");
        default -> {}
      }
    }

    @Override
    public void output(ClientOutput output) {
      switch (output) {
        case ClientOutput.Open o -> seen(o.connection(), new Fact.Dialled());
        case ClientOutput.Close c -> seen(c.connection(), new Fact.Left(c.code()));
        case ClientOutput.Post p -> seen(0, new Fact.Posted(p.id()));
        case ClientOutput.StateChanged s ->
            seen(connection, new Fact.Shown(s.state(), s.attempt(), s.delayMs()));
        case ClientOutput.Deliver d -> seen(connection, new Fact.Delivered(d.frame()));
        case ClientOutput.Refuse r ->
            seen(connection, new Fact.Settled(r.id(), Kind.FAIL, r.code(), true));
        case ClientOutput.Settled s ->
            seen(connection, new Fact.Settled(s.id(), kind(s.outcome()), s.code(), false));
        default -> {}
      }
    }

    private static Kind kind(ClientOutput.Outcome outcome) {
      return switch (outcome) {
        case ANSWERED -> Kind.OK;
        case FAILED -> Kind.FAIL;
        case INDETERMINATE -> Kind.INDETERMINATE;
      };
    }

    private void seen(int on, Fact fact) {
      if (on != named) {
        named = on;
        names = Integer.toString(on);
      }
      add(Source.CLIENT, name, nanos, on == 0 ? null : names, fact);
    }
  }

  private final class OfServer implements ServerWitness {
    private final String name;

    OfServer(String name) {
      this.name = name;
    }

    @Override
    public void opened(Clock clock, VirtualLink link) {
      seen(clock, link.serverName(), new Fact.Accepted());
    }

    @Override
    public void received(Clock clock, String connection, Decoded decoded) {
      Frame frame = decoded instanceof Decoded.Ok ok ? ok.frame() : null;
      String type = frame == null ? "invalid" : frame.type().word();
      seen(clock, connection, new Fact.Heard(type, frame, false));
    }

    @Override
    public void sent(Clock clock, String connection, Frame frame) {
      seen(
          clock,
          connection,
          new Fact.Wrote(frame.type().word(), frame.envelope().id(), frame, true));
    }

    @Override
    public void closed(Clock clock, String connection, int code, boolean byServer) {
      seen(clock, connection, byServer ? new Fact.Left(code) : new Fact.Ended(code));
    }

    @Override
    public void tool(Clock clock, ServerOutput.StartRun run, AgentEvent.Tool tool) {
      if (tool.status().equals(ToolExecution.RUNNING)) {
        seen(clock, null, new Fact.ToolRan(run.messageId(), run.runId(), tool.callId()));
      }
    }

    @Override
    public void pushAsked(Clock clock, String request, String id) {
      seen(clock, null, new Fact.PushAsked(request, id));
    }

    @Override
    public void pushAnswered(Clock clock, String request, @Nullable String run) {
      seen(clock, null, new Fact.PushAnswered(request, run));
    }

    @Override
    public void died(Clock clock) {
      seen(clock, null, new Fact.Died());
    }

    @Override
    public void forgot(Clock clock) {
      seen(clock, null, new Fact.Forgot());
    }

    private void seen(Clock clock, @Nullable String connection, Fact fact) {
      add(Source.SERVER, name, clock.nanos(), connection, fact);
    }
  }
}
