package dev.holdfast.protocol.rules;

import static dev.holdfast.protocol.rules.Rule.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerOutput;
import java.time.Instant;
import java.util.List;

/** The capabilities sync, presence and push, on the server. */
final class TogetherRules {
  private static final List<String> ALL_WORDS = ClientConfig.TOGETHER.capabilities();

  private TogetherRules() {}

  private static Wire first(ServerBench s) {
    return s.open().hello("tab1", 1, null, null, 0, ALL_WORDS);
  }

  private static Wire another(ServerBench s, Wire first, String user, String tab) {
    return again(s, first, user, tab, 1, s.session.topSeq());
  }

  private static Wire again(
      ServerBench s, Wire first, String user, String tab, long attempt, long ack) {
    return s.openAs(user)
        .hello(tab, attempt, first.token(), first.resumption().epoch(), ack, ALL_WORDS);
  }

  private static List<Frame> echoes(Wire w) {
    return w.got.stream().filter(f -> f.body() instanceof Message m && m.isEcho()).toList();
  }

  private static List<Member> members(Wire w) {
    return w.bodies(Status.Presence.class).getLast().members();
  }

  static final List<Rule> ALL =
      List.of(
          server(
              "sync/several-clients",
              "two tabs stay, a reconnect replaces its own",
              s -> {
                Wire one = first(s);
                Wire two = another(s, one, "ana", "tab2");
                assertTrue(one.open() && two.open());
                Wire back = again(s, one, "ana", "tab2", 2, 0);
                assertEquals(4204, two.code());
                assertTrue(one.open() && back.open());
                Wire alone = s.open().hello("tab3", 1, one.token(), null, 0);
                assertEquals(List.of(4204, 4204), List.of(one.code(), back.code()));
                assertTrue(alone.open());
              }),
          server(
              "sync/several-clients",
              "positions count per tab",
              s -> {
                Wire one = first(s);
                Wire two = another(s, one, "ana", "tab2");
                one.message(1, "m1", "hi");
                two.message(1, "m2", "ho");
                s.pass(1_000);
                assertEquals(List.of(1L, 1L), List.of(one.acked(), two.acked()));
                assertEquals(one.positions(), two.positions());
              }),
          server(
              "sync/echo-reaches-every-client",
              "ahead of the run, in one order for all",
              s -> {
                Wire one = first(s);
                Wire two = another(s, one, "ana", "tab2");
                one.message(1, "m1", "hi");
                s.answers("yes");
                for (Wire w : List.of(one, two)) {
                  assertEquals("hi", ((Message) echoes(w).getFirst().body()).content());
                  assertEquals(List.of(1L, 2L), w.positions());
                }
                s.post("q1", one.token(), "m2", "by post");
                assertEquals(2, echoes(two).size());
              }),
          server(
              "sync/echo-reaches-every-client",
              "a duplicate is not said again, and alone nobody is echoed",
              s -> {
                Wire one = first(s);
                one.message(1, "m1", "hi").message(2, "m1", "hi");
                assertEquals(1, echoes(one).size());
                ServerBench plain = s.anew();
                assertEquals(List.of(), echoes(plain.joined().message(1, "m1", "hi")));
              }),
          server(
              "sync/echo-names-its-message",
              "to the sender too",
              s -> {
                Wire one = first(s).message(1, "m1", "hi");
                assertEquals("m1", echoes(one).getFirst().envelope().replyTo());
                assertNull(echoes(one).getFirst().envelope().runId());
              }),
          server(
              "sync/retention-follows-the-slowest",
              "what one has read is kept for another who is away",
              s -> {
                Wire one = first(s);
                Wire two = another(s, one, "ana", "tab2");
                two.lost();
                one.message(1, "m1", "hi");
                s.answers("yes");
                one.ack(2);
                s.pass(60_000);
                Wire back = again(s, one, "ana", "tab2", 2, 0);
                assertEquals(Outcome.RESUMED, back.resumption().outcome());
                assertEquals(List.of(1L, 2L), back.positions());
              }),
          server(
              "sync/retention-follows-the-slowest",
              "not longer than a resume is promised, and not twice to who has it",
              s -> {
                Wire one = first(s);
                Wire two = another(s, one, "ana", "tab2");
                one.message(1, "m1", "hi");
                s.answers("yes");
                two.lost();
                Wire same = again(s, one, "ana", "tab1", 2, 2);
                assertEquals(List.of(), same.positions());
                for (int i = 0; i < 10; i++) {
                  s.pass(20_000);
                  same.ack(2);
                }
                assertEquals(0, s.session.retention().frames().size());
              }),
          server(
              "sync/slow-tab-resets-alone",
              "beyond the limits",
              s -> {
                Wire one = first(s);
                Wire two = another(s, one, "ana", "tab2");
                two.lost();
                one.message(1, "m1", "hi");
                for (int i = 0; i < 1_100; i++) {
                  s.agent(new AgentEvent.Stage("stage", "s" + i, List.of()));
                  one.ack(s.session.topSeq());
                }
                s.answers("yes");
                Wire back = again(s, one, "ana", "tab2", 2, 0);
                assertEquals(Outcome.RESET, back.resumption().outcome());
                assertTrue(one.open());
                one.message(2, "m2", "still here");
                assertEquals(2, echoes(one).size());
              }),
          server(
              "sync/too-many-together",
              "the last is closed",
              s -> {
                Wire one = first(s);
                for (int i = 2; i <= 32; i++) {
                  assertTrue(another(s, one, "ana", "tab" + i).open());
                }
                assertEquals(4004, another(s, one, "ana", "tab33").code());
                assertTrue(s.wires().subList(0, 32).stream().allMatch(Wire::open));
                assertTrue(again(s, one, "ana", "tab7", 2, 0).open());
              }),
          server(
              "presence/members",
              "by label, counted, since the oldest",
              s -> {
                Wire one = first(s);
                s.pass(1_000);
                another(s, one, "ana", "tab2");
                another(s, one, "bo", "tab3");
                s.pass(1_000);
                assertEquals(
                    List.of("ana 2", "bo 1"),
                    members(one).stream().map(m -> m.userId() + " " + m.connections()).toList());
                assertEquals(
                    Instant.parse("2026-01-01T00:00:00Z"),
                    Instant.parse(members(one).getFirst().since()));
              }),
          server(
              "presence/on-change",
              "who comes and who goes; nobody who did not ask",
              s -> {
                Wire one = first(s);
                assertEquals(1, members(one).size());
                s.pass(1_000);
                Wire two = another(s, one, "bo", "tab2");
                assertEquals(List.of(2, 2), List.of(members(one).size(), members(two).size()));
                s.pass(1_000);
                two.lost();
                assertEquals(1, members(one).size());
                Wire quiet = s.anew().joined();
                assertEquals(List.of(), quiet.bodies(Status.Presence.class));
              }),
          server(
              "presence/four-a-second",
              "however many come and go",
              s -> {
                Wire one = first(s);
                for (int i = 2; i < 20; i++) {
                  another(s, one, "bo", "tab" + i).lost();
                  s.pass(50);
                }
                assertTrue(one.bodies(Status.Presence.class).size() <= 4, "18 changes in 0.9 s");
              }),
          server(
              "presence/last-state-is-sent",
              "after a quarter of a second",
              s -> {
                Wire one = first(s);
                Wire two = another(s, one, "bo", "tab2");
                Wire three = another(s, one, "cy", "tab3");
                two.lost();
                three.lost();
                int told = one.bodies(Status.Presence.class).size();
                another(s, one, "di", "tab4");
                s.pass(250);
                assertEquals(
                    List.of("ana", "di"), members(one).stream().map(Member::userId).toList());
                assertNotEquals(told, one.bodies(Status.Presence.class).size());
              }),
          server(
              "push/server-starts-a-run",
              "every frame says so and answers nothing",
              s -> {
                Wire one = first(s);
                s.push("q1", "p1", "news");
                s.agent(new AgentEvent.Stage("clarification", "so", List.of()));
                s.agent(new AgentEvent.Delta("yes"));
                s.answers("yes");
                List<Frame> run =
                    one.got.stream().filter(f -> f.envelope().runId() != null).toList();
                assertEquals(4, run.size());
                assertTrue(run.stream().allMatch(f -> f.envelope().pushed()));
                assertTrue(run.stream().allMatch(f -> f.envelope().replyTo() == null));
                assertEquals(List.of(1L, 2L), one.positions());
              }),
          server(
              "push/over-http",
              "at once; in its turn behind what runs; kept for who is away",
              s -> {
                Wire one = first(s).message(1, "m1", "hi");
                s.push("q1", "p1", "news");
                assertEquals(202, s.status("q1"));
                assertEquals(1, s.started.size());
                s.answers("yes");
                one.lost();
                s.answers("told");
                Wire back = again(s, one, "ana", "tab1", 2, 2);
                assertEquals(1, back.answers().size());
                assertEquals("news", s.started.getLast().content());
              }),
          server(
              "push/asked-twice-runs-once",
              "and is told which run it was; other content is a mistake",
              s -> {
                first(s);
                s.push("q1", "p1", "news");
                s.answers("told");
                s.push("q2", "p1", "news");
                s.push("q3", "p1", "other news");
                assertEquals(
                    List.of(202, 200, 409),
                    List.of(s.status("q1"), s.status("q2"), s.status("q3")));
                assertEquals(1, s.started.size());
              }),
          server(
              "push/too-many-is-429",
              "ten at once, then one each tenth of a second",
              s -> {
                first(s);
                for (int i = 1; i <= 11; i++) {
                  s.push("q" + i, null, "news");
                }
                s.pass(100);
                s.push("q12", null, "news");
                s.push("q13", null, "news");
                assertEquals(
                    List.of(202, 429, 202, 429),
                    List.of(s.status("q10"), s.status("q11"), s.status("q12"), s.status("q13")));
              }),
          server(
              "push/unknown-session-is-404",
              "nobody was ever there, or only in core",
              s -> {
                s.push("q1", "p1", "news");
                s.openCore();
                s.push("q2", "p1", "news");
                assertEquals(List.of(404, 404), List.of(s.status("q1"), s.status("q2")));
                assertTrue(s.done.stream().noneMatch(ServerOutput.StartRun.class::isInstance));
              }));
}
