package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes a message whose id comes again, by whichever path, for a new one. */
final class ForgetsIds implements ServerStep {
  private final ServerStep forgetful;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> trueNames = new HashMap<>();

  ForgetsIds(ServerStep good) {
    forgetful = Twist.eachFrame(Twist.inputs(good, (state, input) -> bend(input)), this::restored);
  }

  private ServerInput bend(ServerInput input) {
    return switch (input) {
      case ServerInput.Received r
          when r.decoded() instanceof Decoded.Ok ok && ok.frame().body() instanceof Message ->
          new ServerInput.Received(r.connection(), new Decoded.Ok(renamed(ok.frame())));
      case ServerInput.Posted p ->
          new ServerInput.Posted(
              p.request(), p.token(), p.userId(), renamed(p.id()), p.content(), p.history());
      default -> input;
    };
  }

  private Frame renamed(Frame frame) {
    return frame.with(frame.envelope().withId(renamed(frame.envelope().id())));
  }

  private @Nullable String renamed(@Nullable String id) {
    if (id == null || seen.add(id)) {
      return id;
    }
    String alias = "again-" + trueNames.size();
    trueNames.put(alias, id);
    return alias;
  }

  private Frame restored(Frame frame) {
    String replyTo = frame.envelope().replyTo();
    String name = replyTo == null ? null : trueNames.get(replyTo);
    return name == null ? frame : frame.with(frame.envelope().withReplyTo(name));
  }

  @Override
  public Step<SessionState, ServerOutput> step(SessionState state, ServerInput input, Tick now) {
    return forgetful.step(state, input, now);
  }
}
