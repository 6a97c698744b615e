package dev.holdfast.scenarios.world;

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
      s.network().slow(s.size() % 400 + 20, s.size() % 150);
    }

    @Override
    void heal(Struck s) {
      s.network().slow(0, 0);
    }
  },
  /** A narrow link. */
  SLOW("bandwidth", true) {
    @Override
    void strike(Struck s) {
      s.network().narrow(s.size() % 8_000 + 1_000);
    }

    @Override
    void heal(Struck s) {
      s.network().narrow(0);
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
      s.each(link -> link.silence(true, true));
    }
  },
  /** What clients send is lost from here on; what the server sends arrives. */
  DEAF_SERVER("one_way_up", false) {
    @Override
    void strike(Struck s) {
      s.each(link -> link.silence(true, false));
    }
  },
  /** What the server sends is lost from here on; what clients send arrives. */
  DEAF_CLIENT("one_way_down", false) {
    @Override
    void strike(Struck s) {
      s.each(link -> link.silence(false, true));
    }
  },
  /** Nothing moves for a while; then all of it arrives. */
  STALL("stall", true) {
    @Override
    void strike(Struck s) {
      s.each(link -> link.hold(s.endsAt(), s.size() % 3 != 0, s.size() % 3 != 1));
    }
  },
  /** Everything is cut and refused. */
  DOWN("down", true) {
    @Override
    void strike(Struck s) {
      s.network().goDown();
    }

    @Override
    void heal(Struck s) {
      s.network().goUp();
    }
  },
  /** Somebody accepts connections and never answers a handshake. */
  ACCEPT_AND_SILENCE("accept_and_silence", true) {
    @Override
    void strike(Struck s) {
      s.network().mute(true);
      s.each(VirtualLink::cut);
    }

    @Override
    void heal(Struck s) {
      s.network().mute(false);
    }
  },
  /** Handshakes succeed, and no greeting comes. */
  NO_GREETING("no_greeting", true) {
    @Override
    void strike(Struck s) {
      s.network().greetNobody(true);
      s.each(VirtualLink::cut);
    }

    @Override
    void heal(Struck s) {
      s.network().greetNobody(false);
    }
  },
  /** Handshakes are refused with 429 or 503 and a Retry-After. */
  REFUSED("refused", true) {
    @Override
    void strike(Struck s) {
      s.network().refuse(s.size() % 2 == 0 ? 503 : 429, s.size() % 3_000);
      s.each(VirtualLink::cut);
    }

    @Override
    void heal(Struck s) {
      s.network().welcome();
    }
  },
  /** A server's process is killed, and started again. */
  CRASH(dev.holdfast.scenarios.model.Scenario.SIGKILL, true) {
    @Override
    void strike(Struck s) {
      if (!s.server().isDown()) {
        s.network().crash(s.server());
      }
    }

    @Override
    void heal(Struck s) {
      if (s.server().isDown()) {
        s.server().restart();
      }
    }
  },
  /** A server is asked to stop: it drains, and its process is replaced. */
  RESTART("restart", true) {
    @Override
    void strike(Struck s) {
      if (!s.server().isDown()) {
        s.network().bit();
        s.server().drain(s.size() % 500, Math.max(1, s.forMs() / 2), true);
      }
    }

    @Override
    void heal(Struck s) {
      if (!s.server().isDown() && s.server().isStopping()) {
        s.network().crash(s.server());
        s.server().restart();
      }
    }
  },
  /** The kill switch: sockets off, HTTP instead, and on again. */
  FLAG_OFF("flag_off", true) {
    @Override
    void strike(Struck s) {
      s.network().bit();
      s.network().websocket(false);
      for (VirtualServer server : s.network().servers()) {
        if (!server.isDown()) {
          server.drain(s.size() % 300, s.size() % 5_000 + 1, false);
        }
      }
    }

    @Override
    void heal(Struck s) {
      s.network().websocket(true);
      for (VirtualServer server : s.network().servers()) {
        if (!server.isDown() && !server.isStopping()) {
          server.undrain();
        }
      }
    }
  },
  /** HTTP does not get through, whatever sockets do. */
  HTTP_DOWN("http_down", true) {
    @Override
    void strike(Struck s) {
      s.network().bit();
      s.network().http(false);
    }

    @Override
    void heal(Struck s) {
      s.network().http(true);
    }
  },
  /** A machine's date is set, back or ahead. */
  CLOCK_JUMP("clock_jump", false) {
    @Override
    void strike(Struck s) {
      s.network().bit();
      s.clock().jump((s.size() % 2 == 0 ? 1 : -1) * (s.size() % 86_400_000));
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

  abstract void strike(Struck s);

  void heal(Struck s) {}

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
