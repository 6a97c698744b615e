package dev.holdfast.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.microsoft.playwright.Page;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The browser's machine and the core's, fed the same inputs: they must put out the same. */
@Tag("ci")
class MachineEqualityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLIENTS = 16;
  private static final int STEPS = 400;

  private static final ClientConfig CONFIG =
      ClientConfig.RESUME
          .withBackoff(new Backoff(100, 800, 50, 4))
          .withTransport(true, 1_500)
          .offering(Profile.RESUME, List.of("tokens", "cancel"));

  /** Steps the browser's machine through one client's life and returns what it put out. */
  private static final String BROWSER =
      """
      async (text) => {
        const { step, fresh, decode, STANDARD } = await import('/client.js');
        const mask = (1n << 64n) - 1n;
        const mix = (seed) => {
          let z = (seed + 0x9E3779B97F4A7C15n) & mask;
          z = ((z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n) & mask;
          z = ((z ^ (z >> 27n)) * 0x94D049BB133111EBn) & mask;
          return BigInt.asIntN(64, z ^ (z >> 31n));
        };
        const uniform = (entropy) => (bound) => {
          const n = BigInt(bound);
          return n <= 0n ? 0 : Number(((mix(BigInt.asUintN(64, BigInt(entropy))) % n) + n) % n);
        };
        const { config, steps } = JSON.parse(text);
        let state = fresh('s0', 'client');
        const out = [];
        for (const { input, ms, wall, entropy, strict } of steps) {
          if (input.text !== undefined) input.decoded = decode(input.text, strict);
          const next = step(state, input, { ms, wall, uniform: uniform(entropy) },
            { ...STANDARD, ...config });
          state = next.state;
          out.push(next.outputs);
        }
        return JSON.stringify(out);
      }
      """;

  @Test
  void theSameInputsGiveTheSameOutputs() throws IOException {
    long seed = 20_260_101;
    Set<String> kinds = new TreeSet<>();
    try (Chromium browser = Chromium.start();
        ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      Page page = browser.page();
      page.navigate(server.httpUrl() + "/help");
      for (int i = 0; i < CLIENTS; i++) {
        compare(page, seed + i, kinds);
      }
    }
    Set<String> all =
        Set.of(
            "ask", "close", "deliver", "latency", "open", "post", "refuse", "send", "settled",
            "state", "wake");
    assertEquals(new TreeSet<>(all), kinds, "every kind of output was compared");
  }

  private static void compare(Page page, long seed, Set<String> kinds) throws IOException {
    ArrayNode steps = JSON.createArrayNode();
    ArrayNode expected = JSON.createArrayNode();
    live(new Random(seed), steps, expected);
    var life = JSON.createObjectNode();
    life.set("config", MachineJson.config(CONFIG));
    life.set("steps", steps);
    JsonNode actual = JSON.readTree((String) page.evaluate(BROWSER, life.toString()));
    for (int i = 0; i < steps.size(); i++) {
      int at = i;
      expected.get(i).forEach(output -> kinds.add(output.path("kind").asText()));
      assertEquals(
          expected.get(i),
          actual.get(i),
          () -> "seed " + seed + ", step " + at + ": " + brief(steps.get(at)));
    }
    assertTrue(actual.size() == STEPS);
  }

  private static String brief(JsonNode step) {
    String text = step.toString();
    return text.substring(0, Math.min(600, text.length()));
  }

  /** One client's life in the core, written down. */
  private static void live(Random random, ArrayNode steps, ArrayNode expected) throws IOException {
    var core = new ClientMachine(CONFIG);
    var improvised = new Improvised(random);
    ClientState state = ClientState.fresh("s0", "client");
    long ms = 1_000;
    for (int i = 0; i < STEPS; i++) {
      ms = improvised.later(ms, state);
      ClientInput input = improvised.next(state);
      var now =
          new Tick(
              ms * Tick.NANOS_PER_MS,
              Instant.parse("2026-01-01T00:00:00Z").plusMillis(ms),
              random.nextLong());
      steps.add(MachineJson.step(input, improvised.text(), now, state));
      var next = core.step(state, input, now);
      state = next.state();
      ArrayNode outputs = expected.addArray();
      for (var output : next.outputs()) {
        outputs.add(JSON.readTree(MachineJson.output(output).toString()));
      }
    }
  }
}
