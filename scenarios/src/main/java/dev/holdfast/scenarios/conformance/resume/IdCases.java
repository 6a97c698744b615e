package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Http;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;

/** Section resume: an id stands for one message, whichever way it comes and however often. */
final class IdCases {
  static final List<Case> ALL =
      List.of(
          Case.of(
              "resume/id-is-claimed-with-acceptance",
              "The id is noted when the run ends: meanwhile the same message starts another.",
              IdCases::claimedAtOnce,
              Need.SLOW_ANSWER),
          Case.of(
              "resume/later-comer-starts-nothing",
              "A message whose id is known is worked on again.",
              b -> {
                Visit visit = again(b, b.plain());
                visit.quiet("second run", e -> e.isStatus("processing") || e.isAnswer());
              }),
          Case.of(
              "resume/duplicate-id-is-told",
              "A message whose id is known is dropped without a word.",
              b -> {
                Visit visit = again(b, b.plain());
                Event.Text ack = visit.status("ack");
                boolean told =
                    ack.data("duplicate").asBoolean(false)
                        || ack.json().path("duplicate").asBoolean(false);
                boolean named =
                    ack.field("reply_to").equals("m1") && !ack.field("run_id").isEmpty();
                if (!told || !named || !ack.json().hasNonNull("ack")) {
                  throw new Mismatch("ack, reply_to m1, run_id and duplicate true", ack.text());
                }
              }),
          Case.of(
              "resume/duplicate-id-waits-over-http",
              "A POST with a known id is answered at once, or starts another run.",
              IdCases::postWaits,
              Need.CHAT,
              Need.SLOW_ANSWER),
          Case.of(
              "resume/reused-id-closes-4205",
              "An id with other content is taken for the same message.",
              b -> again(b, b.plain() + ", but otherwise").closedWith(4205)),
          Case.of(
              "resume/reused-id-is-409-over-http",
              "HTTP does not compare content.",
              b -> {
                Person ana = Person.in(b);
                Visit visit = ana.visits();
                visit.sends(ana.message("m1", b.plain()));
                visit.answer("m1");
                var other = Http.message(ana.session, "something else").put("id", "m1");
                var answer = b.http().chat(other, "Authorization", "Bearer " + ana.token).get();
                JsonNode body = Http.object("POST /api/chat", answer, 409);
                if (!body.path("code").asText().equals("id_reused")) {
                  throw new Mismatch("code id_reused", body.toString());
                }
              },
              Need.CHAT),
          Case.of(
              "resume/ids-outlive-connections",
              "Ids are forgotten with the connection.",
              b -> {
                Person ana = Person.in(b);
                Visit first = ana.visits();
                first.sends(ana.message("m1", b.plain()));
                first.answer("m1");
                first.leaves();
                Visit back = ana.visits();
                back.replay();
                back.sends(ana.message("m1", b.plain()));
                Event.Text ack = back.status("ack");
                if (!ack.field("reply_to").equals("m1")) {
                  ack =
                      back.expect("an ack of the duplicate", e -> e.field("reply_to").equals("m1"));
                }
                back.quiet("second run", e -> e.isStatus("processing") || e.isAnswer());
              }),
          one(
              "resume/id-is-claimed-with-acceptance",
              "ten-posts-at-once",
              "Looking up the id and noting it are two steps.",
              IdCases::race,
              Need.CHAT));

  private IdCases() {}

  private static Visit again(Bench b, String content) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    visit.sends(ana.message("m1", b.plain()));
    visit.answer("m1");
    visit.awaitAck(1);
    visit.sends(ana.message("m1", content));
    return visit;
  }

  private static void claimedAtOnce(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    visit.sends(ana.message("m1", b.slow()));
    visit.sends(ana.message("m1", b.slow()));
    visit.answer("m1", 15_000);
    visit.quiet("second run", e -> e.isStatus("processing") || e.isAnswer());
  }

  private static void postWaits(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    Visit visit = ana.visits();
    visit.sends(ana.message("m1", b.slow()));
    visit.acked(1);
    var same = Http.message(ana.session, b.slow()).put("id", "m1");
    var posted = b.http().chat(same, "Authorization", "Bearer " + ana.token);
    Event.Text end = visit.answer("m1", 15_000);
    JsonNode result = Http.object("POST /api/chat", posted.get(), 200);
    if (!result.path("run_id").asText().equals(end.field("run_id"))) {
      throw new Mismatch("the result of run " + end.field("run_id"), result.toString());
    }
    visit.quiet("second run", Event.Text::isOfRun);
  }

  private static void race(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    List<Http.Pending> posts =
        java.util.stream.IntStream.range(0, 10)
            .mapToObj(i -> b.http().chat(Http.message(session, b.plain()).put("id", "m1")))
            .toList();
    String run = "";
    for (Http.Pending post : posts) {
      JsonNode result = Http.object("POST /api/chat", post.get(), 200);
      String its = result.path("run_id").asText();
      if (!run.isEmpty() && !run.equals(its)) {
        throw new Mismatch("one run for one id", run + " and " + its);
      }
      run = its;
    }
  }
}
