package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Capability presence: each connection is told who is here, soon and not too often. */
final class Presence {
  private Presence() {}

  /** Tells those who know another state than the present one, unless they were just told. */
  static void tell(Draft d) {
    if (!wanted(d)) {
      return;
    }
    List<Member> members = members(d);
    for (Connection c : d.connections) {
      if (wants(c) && !c.told().members().equals(members)) {
        if (d.now.reached(c.told().nextAt())) {
          d.put(c.toldOf(new Told(members, d.now.in(ServerConfig.PRESENCE_GAP_MS), false)));
          d.send(c, new Status.Presence(members));
        } else {
          d.put(c.toldOf(new Told(c.told().members(), c.told().nextAt(), true)));
        }
      } else if (c.told().owed()) {
        d.put(c.toldOf(new Told(members, c.told().nextAt(), false)));
      }
    }
  }

  /** Asked at each step of every session, so by a loop. */
  private static boolean wanted(Draft d) {
    for (Connection c : d.connections) {
      if (wants(c)) {
        return true;
      }
    }
    return false;
  }

  private static boolean wants(Connection c) {
    return c.greeted() && c.has(Capability.PRESENCE);
  }

  /** Connections by their label, in the order in which the labels appeared. */
  private static List<Member> members(Draft d) {
    Map<String, Member> members = new LinkedHashMap<>();
    for (Connection c : d.connections) {
      if (c.greeted()) {
        String user = c.userId() == null ? Member.NAMELESS : c.userId();
        members.merge(
            user,
            new Member(user, 1, c.since()),
            (known, one) -> new Member(user, known.connections() + 1, known.since()));
      }
    }
    return List.copyOf(members.values());
  }

  /**
   * What a connection knows of who is here.
   *
   * @param nextAt before when it is not told again
   * @param owed whether it knows an old state
   */
  record Told(List<Member> members, long nextAt, boolean owed) {
    static final Told NOTHING = new Told(List.of(), Long.MIN_VALUE, false);

    Told {
      members = List.copyOf(members);
    }

    long nextDeadline() {
      return owed ? nextAt : Connection.NEVER;
    }
  }
}
