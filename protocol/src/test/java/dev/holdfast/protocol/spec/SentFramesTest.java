package dev.holdfast.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Pair;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.RandomFaults;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.rules.Rule;
import dev.holdfast.protocol.rules.Rules;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.SessionMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every frame that our own side sends is one that the published schemas describe. */
final class SentFramesTest {
  private final SentFrames frames = new SentFrames();

  @Test
  void throughRandomFaults() {
    for (long seed = 1; seed <= 20; seed++) {
      RandomFaults.play(seed).seen.forEach(seen -> frames.saw(Profile.RESUME, seen));
    }
    assertSound(20);
  }

  @Test
  void inEveryRule() {
    for (Rule rule : Rules.ALL) {
      if (rule.ofServer()) {
        rule.checkServer(new SessionMachine(ServerConfig.STANDARD)).wires().stream()
            .filter(wire -> wire.profile == Profile.RESUME)
            .forEach(wire -> wire.texts.forEach(t -> frames.sent("server", Profile.RESUME, t)));
      } else {
        rule.checkClient(new ClientMachine(ClientConfig.TOGETHER))
            .texts
            .forEach(text -> frames.sent("client", Profile.RESUME, text));
      }
    }
    assertSound(50);
  }

  @Test
  void inProfileCore() {
    Pair pair = new Pair(ClientConfig.CORE, ServerConfig.STANDARD);
    pair.agent =
        run ->
            List.of(
                new AgentEvent.Stage("planning", "Planning", List.of("one")),
                new AgentEvent.Tool("search", "t1", "pending", null),
                new AgentEvent.Tool("search", "t1", "running", null),
                run.content().equals("fail")
                    ? new AgentEvent.Failed("No.")
                    : new AgentEvent.Answer("yes", List.of(new Message.Artifact("a", "{}"))));
    pair.connected();
    pair.say("m1", "hi");
    pair.say("m2", "fail");
    pair.pass(40_000);
    pair.inject("nonsense");
    pair.inject("{\"type\":\"message\",\"data\":{}}");
    pair.tell(new ServerInput.Drain(100, 1_000, false));
    pair.settle();
    pair.seen.forEach(seen -> frames.saw(Profile.CORE, seen));
    assertSound(10);
  }

  private void assertSound(int least) {
    assertEquals(List.of(), frames.complaints());
    assertTrue(frames.size() >= least, () -> "only " + frames.size() + " shapes were seen");
  }
}
