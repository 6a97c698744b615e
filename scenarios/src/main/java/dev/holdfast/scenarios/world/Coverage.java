package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.Connection;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;

/** What the stories have reached: which state met which input under which fault, how often. */
@SuppressWarnings("EnumOrdinal") // counted millions of times a second, and never written down
public final class Coverage {

  /** Where a client stands. */
  enum ClientPlace {
    IDLE,
    DIALING,
    GREETING,
    OPEN,
    OPEN_DRAINING,
    OPEN_SNAPSHOT_DUE,
    WAITING,
    ASKING,
    ON_HTTP
  }

  /** Where a session stands. */
  enum ServerPlace {
    NOBODY_IDLE,
    NOBODY_RUNNING,
    AWAITING_HELLO,
    GREETED_IDLE,
    GREETED_RUNNING,
    GREETED_QUEUE,
    DRAINING
  }

  /** What happens to a client or a session: inputs, frames by what they are. */
  enum Happening {
    CONNECT,
    SAY,
    CANCEL,
    DISCONNECT,
    RETRY,
    OPENED,
    REFUSED,
    CLOSED,
    TRANSPORT_SAID,
    POSTED,
    PUSHED,
    WOKEN,
    OVERFLOWED,
    AGENT_SAID,
    DRAIN,
    UNDRAIN,
    RECOVERED,
    MESSAGE,
    PIECE,
    TOOL,
    PROCESSING,
    HELLO,
    CONNECTED,
    ACK,
    CAUGHT_UP,
    SNAPSHOT,
    DRAIN_TOLD,
    PRESENCE,
    ECHO,
    CANCEL_TOLD,
    ERROR,
    PING,
    PONG,
    OTHER,
    VIOLATION
  }

  private static final int NO_FAULT = FaultKind.ALL.size();

  private final long[][][] client =
      new long[ClientPlace.values().length][Happening.values().length][NO_FAULT + 1];
  private final long[][][] server =
      new long[ServerPlace.values().length][Happening.values().length][NO_FAULT + 1];
  private final int[] active = new int[NO_FAULT];
  private int activeKinds;

  /** A fault bites for the first time. */
  void began(FaultKind kind) {
    if (active[kind.ordinal()]++ == 0) {
      activeKinds++;
    }
  }

  /** A fault that has bitten is over. */
  void ended(FaultKind kind) {
    if (--active[kind.ordinal()] == 0) {
      activeKinds--;
    }
  }

  /** A new story: nothing is wrong. */
  void calm() {
    java.util.Arrays.fill(active, 0);
    activeKinds = 0;
  }

  void client(ClientState state, ClientInput input) {
    count(client[place(state.phase()).ordinal()][happening(input).ordinal()]);
  }

  void server(SessionState state, ServerInput input) {
    count(server[place(state).ordinal()][happening(input).ordinal()]);
  }

  private void count(long[] byFault) {
    if (activeKinds == 0) {
      byFault[NO_FAULT]++;
      return;
    }
    for (int i = 0; i < NO_FAULT; i++) {
      if (active[i] > 0) {
        byFault[i]++;
      }
    }
  }

  private static ClientPlace place(Phase phase) {
    return switch (phase) {
      case Phase.Idle i -> ClientPlace.IDLE;
      case Phase.Dialing d -> ClientPlace.DIALING;
      case Phase.Greeting g -> ClientPlace.GREETING;
      case Phase.Open o when o.snapshotDue() -> ClientPlace.OPEN_SNAPSHOT_DUE;
      case Phase.Open o when o.draining() -> ClientPlace.OPEN_DRAINING;
      case Phase.Open o -> ClientPlace.OPEN;
      case Phase.Waiting w -> ClientPlace.WAITING;
      case Phase.Asking a -> ClientPlace.ASKING;
      case Phase.OnHttp h -> ClientPlace.ON_HTTP;
    };
  }

  private static ServerPlace place(SessionState state) {
    if (state.draining() != null) {
      return ServerPlace.DRAINING;
    }
    boolean greeted = false;
    for (Connection c : state.connections()) {
      greeted |= c.helloBy() == Long.MAX_VALUE;
    }
    int runs = state.runs().size();
    if (greeted) {
      return runs == 0
          ? ServerPlace.GREETED_IDLE
          : runs == 1 ? ServerPlace.GREETED_RUNNING : ServerPlace.GREETED_QUEUE;
    }
    if (!state.connections().isEmpty()) {
      return ServerPlace.AWAITING_HELLO;
    }
    return runs == 0 ? ServerPlace.NOBODY_IDLE : ServerPlace.NOBODY_RUNNING;
  }

  private static Happening happening(ClientInput input) {
    return switch (input) {
      case ClientInput.Connect c -> Happening.CONNECT;
      case ClientInput.Say s -> Happening.SAY;
      case ClientInput.Cancel c -> Happening.CANCEL;
      case ClientInput.Disconnect d -> Happening.DISCONNECT;
      case ClientInput.Retry r -> Happening.RETRY;
      case ClientInput.Opened o -> Happening.OPENED;
      case ClientInput.Refused r -> Happening.REFUSED;
      case ClientInput.Closed c -> Happening.CLOSED;
      case ClientInput.TransportSaid t -> Happening.TRANSPORT_SAID;
      case ClientInput.Posted p -> Happening.POSTED;
      case ClientInput.Woken w -> Happening.WOKEN;
      case ClientInput.Received r -> happening(r.decoded());
    };
  }

  private static Happening happening(ServerInput input) {
    return switch (input) {
      case ServerInput.Opened o -> Happening.OPENED;
      case ServerInput.Received r -> happening(r.decoded());
      case ServerInput.Closed c -> Happening.CLOSED;
      case ServerInput.Overflowed o -> Happening.OVERFLOWED;
      case ServerInput.AgentSaid a -> Happening.AGENT_SAID;
      case ServerInput.Posted p -> Happening.POSTED;
      case ServerInput.Pushed p -> Happening.PUSHED;
      case ServerInput.Drain d -> Happening.DRAIN;
      case ServerInput.Undrain u -> Happening.UNDRAIN;
      case ServerInput.Recovered r -> Happening.RECOVERED;
      case ServerInput.Woken w -> Happening.WOKEN;
    };
  }

  private static Happening happening(Decoded decoded) {
    return decoded instanceof Decoded.Ok ok ? happening(ok.frame().body()) : Happening.VIOLATION;
  }

  private static Happening happening(Body body) {
    return switch (body) {
      case Message m when m.isEcho() -> Happening.ECHO;
      case Message m -> m.stream() == null ? Happening.MESSAGE : Happening.PIECE;
      case ToolExecution t -> Happening.TOOL;
      case Failure f -> Happening.ERROR;
      case Body.Ping p -> Happening.PING;
      case Body.Pong p -> Happening.PONG;
      case Status.Connected c -> Happening.CONNECTED;
      case Status.Processing p -> Happening.PROCESSING;
      case Status.Hello h -> Happening.HELLO;
      case Status.Ack a -> Happening.ACK;
      case Status.CaughtUp c -> Happening.CAUGHT_UP;
      case Status.Snapshot s -> Happening.SNAPSHOT;
      case Status.Drain d -> Happening.DRAIN_TOLD;
      case Status.Cancel c -> Happening.CANCEL_TOLD;
      case Status.Presence p -> Happening.PRESENCE;
      case Status.Other o -> Happening.OTHER;
    };
  }

  /**
   * How often one side, standing so, met an input.
   *
   * @param faults the numbers, fault by fault as in {@link #columns}
   */
  public record Row(String side, String state, String input, List<Long> faults) {
    public Row {
      faults = List.copyOf(faults);
    }

    /** Under whichever fault, or none. */
    public boolean reached() {
      return faults.stream().anyMatch(n -> n > 0);
    }
  }

  /** The faults, in the order of a row's numbers; the last is none at all. */
  public static List<String> columns() {
    List<String> columns = new ArrayList<>();
    FaultKind.ALL.forEach(kind -> columns.add(kind.word()));
    columns.add("none");
    return columns;
  }

  /** Every state with every input that this side can meet. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (ClientPlace place : ClientPlace.values()) {
      for (Happening happening : Happening.values()) {
        if (CLIENT_MEETS.contains(happening)) {
          rows.add(row("client", place, happening, client));
        }
      }
    }
    for (ServerPlace place : ServerPlace.values()) {
      for (Happening happening : Happening.values()) {
        if (SERVER_MEETS.contains(happening)) {
          rows.add(row("server", place, happening, server));
        }
      }
    }
    return rows;
  }

  private static Row row(String side, Enum<?> place, Happening happening, long[][][] counts) {
    List<Long> numbers = new ArrayList<>();
    for (long n : counts[place.ordinal()][happening.ordinal()]) {
      numbers.add(n);
    }
    return new Row(side, word(place), word(happening), numbers);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static final List<Happening> CLIENT_MEETS =
      List.of(
          Happening.CONNECT,
          Happening.SAY,
          Happening.CANCEL,
          Happening.DISCONNECT,
          Happening.RETRY,
          Happening.OPENED,
          Happening.REFUSED,
          Happening.CLOSED,
          Happening.TRANSPORT_SAID,
          Happening.POSTED,
          Happening.WOKEN,
          Happening.MESSAGE,
          Happening.PIECE,
          Happening.TOOL,
          Happening.PROCESSING,
          Happening.CONNECTED,
          Happening.ACK,
          Happening.CAUGHT_UP,
          Happening.SNAPSHOT,
          Happening.DRAIN_TOLD,
          Happening.PRESENCE,
          Happening.ECHO,
          Happening.ERROR,
          Happening.PING,
          Happening.PONG,
          Happening.OTHER,
          Happening.VIOLATION);

  private static final List<Happening> SERVER_MEETS =
      List.of(
          Happening.OPENED,
          Happening.CLOSED,
          Happening.POSTED,
          Happening.PUSHED,
          Happening.RECOVERED,
          Happening.WOKEN,
          Happening.OVERFLOWED,
          Happening.AGENT_SAID,
          Happening.DRAIN,
          Happening.UNDRAIN,
          Happening.MESSAGE,
          Happening.HELLO,
          Happening.ACK,
          Happening.CANCEL_TOLD,
          Happening.PING,
          Happening.PONG,
          Happening.VIOLATION);
}
