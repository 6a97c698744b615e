package dev.holdfast.scenarios.world;

import dev.holdfast.scenarios.model.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong in the simulated world: one entry each, with how it strikes and how it ends.
 *
 * <p>Most strike the links of one person or of everybody; what has no duration ends as it strikes.
 */
public enum FaultKind {
  /** More delay, and more chance in it. */
  LATENCY("latency", true) {
    @Override
    void strike(Struck s) {
      s.begins(new Wrong.Slow(s.size() % 400 + 20, s.size() % 150));
    }
  },
  /** A narrow link. */
  SLOW("bandwidth", true) {
    @Override
    void strike(Struck s) {
      s.begins(new Wrong.Narrow(s.size() % 8_000 + 1_000));
    }
  },
  /** Both ends see a reset; what was under way is lost. */
  RST("reset_peer", false) {
    @Override
    void strike(Struck s) {
      s.each(VirtualLink::cut);
    }
  },
  /** The stream ends behind what is under way, without a close frame. */
  FIN("fin", false) {
    @Override
    void strike(Struck s) {
      s.each(VirtualLink::finish);
    }
  },
  /** The client sees a reset, the server nothing. */
  RST_AT_CLIENT("rst_at_client", false) {
    @Override
    void strike(Struck s) {
      s.each(VirtualLink::cutClient);
    }
  },
  /** The server sees a reset, the client nothing. */
  RST_AT_SERVER("rst_at_server", false) {
    @Override
    void strike(Struck s) {
      s.each(VirtualLink::cutServer);
    }
  },
  /** Nothing arrives any more on connections that are open now, and nobody is told. */
  HALF_OPEN("half_open", false) {
    @Override
    void strike(Struck s) {
      s.each(link -> link.silence(s.by(), true, true));
    }
  },
  /** What clients send is lost from here on; what the server sends arrives. */
  DEAF_SERVER("one_way_up", false) {
    @Override
    void strike(Struck s) {
      s.each(link -> link.silence(s.by(), true, false));
    }
  },
  /** What the server sends is lost from here on; what clients send arrives. */
  DEAF_CLIENT("one_way_down", false) {
    @Override
    void strike(Struck s) {
      s.each(link -> link.silence(s.by(), false, true));
    }
  },
  /** Nothing moves for a while, handshakes neither; then all of it arrives. */
  STALL("stall", true) {
    @Override
    void strike(Struck s) {
      s.begins(new Wrong.Holding(s.endsAt()));
      s.each(link -> link.hold(s.by(), s.endsAt(), s.size() % 3 != 0, s.size() % 3 != 1));
    }
  },
  /** Everything is cut and refused. */
  DOWN("down", true) {
    @Override
    void strike(Struck s) {
      s.begins(new Wrong.Down());
      s.each(VirtualLink::cut);
    }
  },
  /** Somebody accepts connections and answers no handshake before it is over. */
  ACCEPT_AND_SILENCE("accept_and_silence", true) {
    @Override
    void strike(Struck s) {
      s.begins(new Wrong.Holding(s.endsAt()));
      s.each(VirtualLink::cut);
    }
  },
  /** Handshakes succeed, and no greeting comes. */
  NO_GREETING("no_greeting", true) {
    @Override
    void strike(Struck s) {
      s.begins(new Wrong.Ungreeted());
      s.each(VirtualLink::cut);
    }
  },
  /** Handshakes are refused with 429 or 503 and a Retry-After. */
  REFUSED("refused", true) {
    @Override
    void strike(Struck s) {
      s.begins(new Wrong.Refusing(s.size() % 2 == 0 ? 503 : 429, s.size() % 3_000));
      s.each(VirtualLink::cut);
    }
  },
  /** A server's process is killed, and started again. */
  CRASH(Scenario.SIGKILL, true) {
    @Override
    void strike(Struck s) {
      s.operator().kill(s.server(), s.by());
    }

    @Override
    void heal(Struck s) {
      s.operator().revive(s.server(), s.by());
    }
  },
  /** A server is asked to stop: it drains, and its process is replaced. */
  RESTART("restart", true) {
    @Override
    void strike(Struck s) {
      s.operator().stop(s.server(), s.by(), s.size() % 500, Math.max(1, s.forMs() / 2));
    }

    @Override
    void heal(Struck s) {
      s.operator().replace(s.server(), s.by());
    }
  },
  /** The kill switch: sockets off, HTTP instead, and on again. */
  FLAG_OFF(Scenario.FLAG_OFF, true) {
    @Override
    void strike(Struck s) {
      s.operator().switchOff(s.by(), s.size() % 300, s.size() % 5_000 + 1);
    }

    @Override
    void heal(Struck s) {
      s.operator().switchOn(s.by());
    }
  },
  /** HTTP does not get through, whatever sockets do. */
  HTTP_DOWN("http_down", true) {
    @Override
    void strike(Struck s) {
      s.begins(new Wrong.HttpDown());
    }
  },
  /** A machine's date is set, back or ahead: a person's, or the server's where nobody is named. */
  CLOCK_JUMP(Scenario.CLOCK_JUMP, false) {
    @Override
    void strike(Struck s) {
      s.by().bit();
      s.clock().jump(jumpMs(s.size()));
    }
  };

  private final String word;
  private final boolean lasts;

  FaultKind(String word, boolean lasts) {
    this.word = word;
    this.lasts = lasts;
  }

  /** What the fault proxy or a scenario calls it. */
  public String word() {
    return word;
  }

  /** Whether it has a duration. */
  public boolean lasts() {
    return lasts;
  }

  /** Whether it can strike one person alone; a server is everybody's. */
  public boolean strikesOne() {
    return !Scenario.OF_SERVER.contains(word) && this != RESTART;
  }

  /** How far a date is set: a day at most, back where the size is odd. */
  public static long jumpMs(long size) {
    return (size % 2 == 0 ? 1 : -1) * (size % MS_PER_DAY);
  }

  abstract void strike(Struck s);

  /** What its end takes beside the end of what it brought over the network. */
  void heal(Struck s) {}

  private static final long MS_PER_DAY = 86_400_000;

  private static final Map<String, FaultKind> BY_WORD = byWord();

  private static Map<String, FaultKind> byWord() {
    Map<String, FaultKind> kinds = new java.util.TreeMap<>();
    for (FaultKind kind : values()) {
      kinds.put(kind.word, kind);
    }
    return kinds;
  }

  /** All words. */
  public static Set<String> words() {
    return BY_WORD.keySet();
  }

  public static @Nullable FaultKind of(String word) {
    return BY_WORD.get(word.toLowerCase(Locale.ROOT));
  }

  static final List<FaultKind> ALL = List.of(values());
}
