package dev.holdfast.proxy.toxic;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An unplugged cable: everything is discarded and no close is relayed, so neither side learns of
 * it. Connections that open under it pass, unless new_connections is silent. Removing it resets the
 * connections that it silenced, as a router does that forgot them.
 */
record HalfOpen(boolean newToo) implements Toxic {
  static final Kind KIND = new Kind("half_open", defaults(), HalfOpen::from);

  private static Map<String, Object> defaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("new_connections", "pass");
    return defaults;
  }

  private static HalfOpen from(Attributes a) {
    String choice = a.text("new_connections");
    if (!choice.equals("pass") && !choice.equals("silent")) {
      throw new IllegalArgumentException(
          "half_open.new_connections must be pass or silent, not " + choice);
    }
    return new HalfOpen(choice.equals("silent"));
  }

  @Override
  public Pipe open(Flow flow) {
    return flow.opening() && !newToo ? new Pipe(flow) : new Silent(flow);
  }

  private static final class Silent extends Pipe {
    private boolean lost;

    Silent(Flow flow) {
      super(flow);
    }

    @Override
    public void chunk(Chunk chunk) {
      lost = true;
      flow.bite("discarded_bytes", chunk.size());
      flow.discard(chunk);
    }

    @Override
    public void end() {
      lost = true;
      flow.bite("close_swallowed", 1);
    }

    @Override
    public void removed() {
      if (lost) {
        flow.abort();
      }
    }
  }
}
