package dev.holdfast.scenarios.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.proxy.engine.Link;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fault that we cannot make or take away is our fault, and no finding about the target. */
class FaultThatBreaksTest {
  private static final Scenario SCENARIO =
      ScenarioReader.read(
          "broken-fault.yaml",
          """
          name: broken-fault
          clause: queue/replayed-once
          people: {ana: [{say: hi, as: m1}, {expect: {terminal: m1}}, {pause_ms: 100}]}
          faults: [{at_ms: 1, do: down, for_ms: 1}]
          expect: [no_loss]
          """);

  @Test
  void cannotBeMade() throws Exception {
    Finding finding =
        playedWith(() -> {
          throw new IllegalArgumentException("no such fault today");
        });
    assertTrue(String.valueOf(finding.seen()).contains("no such fault today"), finding.seen());
  }

  @Test
  void cannotBeTakenAway() throws Exception {
    Finding finding = playedWith(Stuck::new);
    assertTrue(String.valueOf(finding.seen()).contains("the port is taken"), finding.seen());
  }

  private static Finding playedWith(Making making) throws Exception {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build());
        Engine engine = new Engine(making)) {
      Target target = Target.scripted(URI.create(server.wsUrl()), null, Profile.CORE);
      var run = new ChaosRun(target, engine, Progress.SILENT, "holdfast chaos", 1);
      Finding finding = run.play(List.of(SCENARIO), played -> {}).get(0).finding();
      assertEquals(Verdict.HARNESS_ERROR, finding.verdict(), finding::toString);
      return finding;
    }
  }

  /** How a fault comes about. */
  private interface Making {
    Injection make();
  }

  /** A fault that stays. */
  private static final class Stuck implements Injection {
    @Override
    public String fault() {
      return "down";
    }

    @Override
    public long bites() {
      return 1;
    }

    @Override
    public void remove() {
      throw new IllegalStateException("the port is taken");
    }
  }

  /** Links that are the server itself. */
  private record Engine(Making making) implements FaultEngine {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public URI api() {
      return URI.create("http://127.0.0.1:9");
    }

    @Override
    public Link open(String linkName, InetSocketAddress upstream) {
      return new Link() {
        @Override
        public InetSocketAddress listen() {
          return upstream;
        }

        @Override
        public Injection inject(String fault, Map<String, Object> args) {
          return making.make();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public boolean supports(String fault) {
      return true;
    }

    @Override
    public void close() {}
  }
}
