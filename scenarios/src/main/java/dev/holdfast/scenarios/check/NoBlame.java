package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.CloseCode;
import java.util.Set;

/** Neither half accuses the other of breaking the protocol: no gap, no violation, no reused id. */
final class NoBlame implements Checker {
  private static final int PROTOCOL_ERROR = 1002;

  private static final Set<Integer> ACCUSATIONS =
      Set.of(PROTOCOL_ERROR, CloseCode.GAP, CloseCode.PROTOCOL_VIOLATION, CloseCode.ID_REUSED);

  @Override
  public String name() {
    return "no_blame";
  }

  @Override
  public String requirement() {
    return "No connection is closed because a half broke the protocol.";
  }

  @Override
  public String premise() {
    return "A connection was closed.";
  }

  @Override
  public Judged judge(History history) {
    int closes = 0;
    for (Event e : history.events()) {
      int code =
          switch (e.fact()) {
            case Fact.Left l -> l.code();
            case Fact.Ended x -> x.code();
            default -> 0;
          };
      if (ACCUSATIONS.contains(code)) {
        return Judged.broken(e.process() + "#" + e.connection() + " was closed with " + code);
      }
      closes += code == 0 ? 0 : 1;
    }
    return closes == 0 ? Judged.unknown("nothing was closed") : Judged.holds(closes + " closes");
  }
}
