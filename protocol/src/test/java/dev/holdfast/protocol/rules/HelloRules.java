package dev.holdfast.protocol.rules;

import static dev.holdfast.protocol.rules.Rule.client;
import static dev.holdfast.protocol.rules.Rule.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Resumption.Reason;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hello and connected, and the token. */
final class HelloRules {
  private HelloRules() {}

  static final List<Rule> ALL =
      List.of(
          client(
              "resume/hello-comes-first",
              "a handshake is followed by hello",
              c -> {
                c.opened();
                assertTrue(c.got.getFirst().body() instanceof Status.Hello, c.got.toString());
              }),
          server(
              "resume/hello-within-10-s",
              "silence is closed 4005, after 10 s and not before",
              s -> {
                Wire w = s.open();
                s.pass(9_900);
                assertEquals(List.of(), w.got, "nothing is said before the hello");
                assertTrue(w.open());
                s.pass(200);
                assertEquals(4005, w.code());
              }),
          server(
              "resume/other-first-frame-closes-4203",
              "what is no hello is closed 4203",
              s -> {
                assertEquals(4203, s.open().message(1, "m1", "hi").code());
                assertEquals(4203, s.open().text("nonsense").code());
                assertEquals(4203, s.open().text("{\"type\":\"ping\",\"id\":\"p\"}").code());
              }),
          client(
              "resume/hello-fields",
              "a hello says all that the client knows",
              c -> {
                c.opened();
                Status.Hello first = c.hello();
                assertEquals("tab1", first.clientId());
                assertEquals(0, first.ack());
                assertEquals(ClientConfig.TOGETHER.capabilities(), first.capabilities());
                assertNull(first.resumeToken());
                assertNull(first.epoch());
                c.greets(Resumption.Outcome.NEW, null, false, "e1", 0, 0).stage(1).back();
                assertEquals("token-of-e1", c.hello().resumeToken());
                assertEquals("e1", c.hello().epoch());
                assertEquals(1, c.hello().ack());
              }),
          client(
              "resume/attempt-rises",
              "each hello counts one more",
              c -> {
                c.joined();
                assertEquals(1, c.hello().attempt());
                c.back();
                assertEquals(2, c.hello().attempt());
                c.back();
                assertEquals(3, c.hello().attempt());
              }),
          server(
              "resume/stale-attempt-closes-4204",
              "an old hello is itself closed",
              s -> {
                Wire w = s.joined();
                Wire newer = s.open().helloAfter(w, 5, 0);
                assertEquals(4204, s.open().helloAfter(w, 5, 0).code());
                assertEquals(4204, s.open().helloAfter(w, 4, 0).code());
                assertTrue(newer.open());
              }),
          client(
              "resume/client-waits-for-connected",
              "nothing leaves between hello and connected",
              c -> {
                c.opened().says("m1", "early").pass(5_000);
                c.hears(ClientBench.at().withId("s1"), new Body.Ping());
                assertEquals(1, c.got.size(), c.got.toString());
                c.greets(Resumption.Outcome.NEW, null, false, "e1", 0, 0);
                assertEquals(List.of("m1"), c.ids());
              }),
          server(
              "resume/connected-fields",
              "connected tells all there is to know",
              s -> {
                Wire w = s.joined();
                String text = w.texts.getFirst();
                for (String field :
                    List.of(
                        "outcome",
                        "session_id",
                        "epoch",
                        "resume_token",
                        "ack",
                        "top_seq",
                        "capabilities")) {
                  assertTrue(text.contains("\"" + field + "\":"), field + " in " + text);
                }
                assertEquals("s1", w.connected().sessionId());
                assertEquals("e1", w.resumption().epoch());
                assertEquals(
                    Set.of("tokens", "cancel"), new HashSet<>(w.resumption().capabilities()));
              }),
          server(
              "resume/connected-tells-limits",
              "connected tells the limits in force",
              s -> {
                ServerConfig config = ServerConfig.STANDARD;
                Wire w = s.joined();
                var expected =
                    new Resumption.Limits(
                        config.pongTimeoutMs(),
                        config.resumeTtlMs(),
                        config.runTimeoutMs(),
                        config.replayMaxFrames(),
                        config.replayMaxBytes(),
                        config.maxFrameBytes(),
                        config.maxPendingRuns());
                assertEquals(expected, w.resumption().limits());
                assertEquals(config.heartbeatIntervalMs(), w.connected().heartbeatIntervalMs());
              }),
          server(
              "resume/capabilities-are-negotiated",
              "who did not ask gets no pieces",
              s -> {
                Wire w = s.open().hello("tab1", 1, null, null, 0, List.of("cancel", "dance"));
                assertEquals(List.of("cancel"), w.resumption().capabilities());
                w.message(1, "m1", "hi");
                s.agent(new AgentEvent.Delta("piece"));
                assertEquals(List.of(), w.pieces());
              }),
          server(
              "resume/capabilities-are-negotiated",
              "who did not ask cannot cancel",
              s -> {
                Wire w = s.open().hello("tab1", 1, null, null, 0, List.of());
                w.message(1, "m1", "hi").cancel(2, s.started.getLast().runId());
                s.answers("done");
                assertEquals(1, w.answers().size());
              }),
          client(
              "resume/capabilities-are-negotiated",
              "what the server lacks is not used",
              c -> {
                c.opened().greets(Resumption.Outcome.NEW, null, false, "e1", 0, 0, List.of());
                c.tell(new ClientInput.Cancel("x1", "r1"));
                c.says("m1", "hi");
                c.hears(
                    ClientBench.at().withRun("r1"),
                    Message.piece(Message.Stream.State.START, 0, "p"));
                assertEquals(List.of(), c.frames(Status.Cancel.class));
                assertEquals(List.of("m1"), c.ids());
                assertEquals(List.of(), c.delivered());
              }),
          server(
              "resume/outcome-new",
              "a first hello is new",
              s -> {
                Resumption r = s.joined().resumption();
                assertEquals(Resumption.Outcome.NEW, r.outcome());
                assertEquals(0, r.topSeq());
                assertEquals(0, r.ack());
              }),
          server(
              "resume/one-token-an-epoch",
              "every connected of an epoch carries one token",
              s -> {
                Wire w = s.joined();
                assertEquals(w.token(), s.open().helloAfter(w, 2, 0).token());
              }),
          server(
              "resume/token-has-128-bits",
              "no bit of the token is lost",
              s -> assertEquals("0123456789abcdef0123-c1", s.joined().token())),
          server(
              "resume/bad-token-closes-4100",
              "a wrong token and a missing one",
              s -> {
                Wire w = s.joined();
                Wire good = s.open().helloAfter(w, 2, 0);
                assertEquals(4100, s.open().hello("tab2", 1, "wrong", "e1", 0).code());
                assertEquals(4100, s.open().hello("tab2", 1, null, null, 0).code());
                assertEquals(4100, s.open().hello("tab1", 3, null, null, 0).code());
                assertTrue(good.open());
              }),
          server(
              "resume/opener-may-return-without-token",
              "until the token was shown once, and nobody else while it is here",
              s -> {
                Wire w = s.joined();
                assertEquals(4100, s.open().hello("tab2", 1, null, null, 0).code());
                Wire again = s.open().hello("tab1", 2, null, null, 0);
                assertEquals(w.token(), again.token());
                s.open().helloAfter(w, 3, 0);
                assertEquals(4100, s.open().hello("tab1", 4, null, null, 0).code());
              }),
          server(
              "resume/opener-may-return-without-token",
              "until it spoke, for then its connected had arrived",
              s -> {
                s.joined().message(1, "m1", "hi").lost();
                assertEquals(4100, s.open().hello("tab1", 2, null, null, 0).code());
                assertEquals(4100, s.open().hello("tab2", 1, null, null, 0).code());
              }),
          server(
              "resume/opener-may-return-without-token",
              "whoever comes after it went without a word gets a token of its own",
              s -> {
                Wire opener = s.joined();
                opener.lost();
                Wire heir = s.open().hello("tab2", 1, null, null, 0);
                assertTrue(heir.open());
                assertNotEquals(opener.token(), heir.token());
                assertEquals(4100, s.open().helloAfter(opener, 2, 0).code());
              }),
          server(
              "resume/bad-token-is-403-over-http",
              "a POST shows the token or starts nothing",
              s -> {
                s.joined();
                s.post("h1", null, "m1", "hi");
                s.post("h2", "wrong", "m2", "hi");
                assertEquals(403, s.status("h1"));
                assertEquals(403, s.status("h2"));
                assertEquals(List.of(), s.started);
              }),
          server(
              "resume/bad-token-changes-nothing",
              "the session goes on as if nobody had come",
              s -> {
                Wire w = s.joined();
                Wire good = s.open().helloAfter(w, 2, 0).message(1, "m1", "hi");
                s.open().hello("tab1", 9, "wrong", "e1", 0);
                s.answers("done");
                assertTrue(good.open());
                assertEquals(1, good.answers().size());
                assertFalse(s.open().helloAfter(w, 3, 1).resumption().reason() != null);
              }),
          server(
              "resume/bad-token-changes-nothing",
              "it does not keep ids alive either",
              s -> {
                Wire w = s.joined();
                s.open().helloAfter(w, 2, 0).lost();
                s.pass(100_000);
                s.open().hello("tab2", 1, "wrong", "e1", 0);
                s.post("h1", "wrong", "m1", "hi");
                s.pass(30_000);
                assertEquals(Reason.EXPIRED, s.open().helloAfter(w, 3, 0).resumption().reason());
              }),
          server(
              "resume/core-handshake-to-a-resume-session-is-403",
              "core is kept out",
              s -> {
                s.joined();
                assertFalse(s.session.admits(Profile.CORE));
                Wire core = s.openCore();
                assertEquals(4201, core.code());
                assertEquals(List.of(), core.got);
              }),
          server(
              "resume/first-hello-gives-the-token",
              "a session of core has none until then",
              s -> {
                Wire core = s.openCore();
                s.post("h1", null, "m1", "hi");
                assertEquals(1, s.started.size());
                Wire w = s.open().hello("tab1", 1, null, null, 0);
                assertTrue(w.token().length() >= 22, "a token");
                assertEquals(4204, core.code());
                s.post("h2", null, "m2", "hi");
                assertEquals(403, s.status("h2"));
              }));
}
