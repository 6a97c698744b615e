package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;

/**
 * Which frames a fault is about: the nth (0 for every one) of those whose JSON has this type (any
 * if empty), each with this chance. Counting starts with the fault, for each direction of each
 * connection. Ping, pong and close frames of WebSocket itself are never picked.
 */
record Pick(long nth, String type, long percent) {
  /** The attributes of a fault that picks frames, before its own. */
  static final Object[] ATTRIBUTES = {"nth", 0L, "type", "", "percent", 100L};

  static Pick from(Attributes a) {
    long percent = a.whole("percent");
    if (percent > 100) {
      throw new IllegalArgumentException(
          a.kind().name() + ".percent must be 0 to 100, not " + percent);
    }
    return new Pick(a.whole("nth"), a.text("type"), percent);
  }

  /** How many frames could have been picked so far. */
  static final class Count {
    private long candidates;
  }

  boolean picks(Frame frame, Flow flow) {
    if (!frame.isData()) {
      return false;
    }
    if (!type.isEmpty() && frame.isCompressed()) {
      flow.note("compression_refused", frame.payloadBytes());
      return false;
    }
    if (!type.isEmpty() && !type.equals(frame.type())) {
      return false;
    }
    Count count = flow.memory(Count.class, Count::new);
    count.candidates++;
    return (nth == 0 || nth == count.candidates)
        && (percent == 100 || flow.chance().below(100) < percent);
  }
}
