package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.Map;

/**
 * A ledger of side effects: no tool call of a message takes effect twice, whatever is sent again.
 *
 * <p>After a server forgot what it knew, only what it did since counts.
 */
final class ToolsOnce implements Checker {

  private record Effect(String process, String message, String call) {}

  @Override
  public String name() {
    return "tools_once";
  }

  @Override
  public String requirement() {
    return "Each tool call of a message takes effect once.";
  }

  @Override
  public String premise() {
    return "A tool took effect.";
  }

  @Override
  public Judged judge(History history) {
    Map<Effect, String> ledger = new HashMap<>();
    int effects = 0;
    for (Event e : history.events()) {
      if (e.fact() instanceof Fact.Forgot) {
        ledger.keySet().removeIf(effect -> effect.process().equals(e.process()));
      } else if (e.fact() instanceof Fact.ToolRan t) {
        String before = ledger.put(new Effect(e.process(), t.messageId(), t.callId()), t.runId());
        if (before != null) {
          return Judged.brokenBy(
              Source.SERVER,
              t.callId()
                  + " of "
                  + t.messageId()
                  + " took effect in "
                  + before
                  + " and "
                  + t.runId());
        }
        effects++;
      }
    }
    return effects == 0
        ? Judged.unknown("no tool was seen to take effect")
        : Judged.holds(effects + " effects, none twice");
  }
}
