package dev.holdfast.scenarios.conformance.resume;

import static dev.holdfast.scenarios.conformance.Case.one;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Http;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Section resume: an id stands for one message, whichever way it comes and however often. */
final class IdCases {
  /** A run that ends sooner than this may have ended before the other frame was read. */
  static final long CLEARLY_LATER_MS = 100;

  private static final Situation<Bench, Visit> SETTLED =
      new Situation<>("a message was answered and acked", ResumeSituations::settled);

  private static final Situation<Bench, Visit> AGAIN =
      new Situation<>(
          "a message was answered and acked, and came again in the next position",
          b -> {
            Visit visit = ResumeSituations.settled(b);
            visit.sends(visit.person.message("m1", b.plain()));
            return visit;
          });

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "resume/id-is-claimed-with-acceptance",
                  "The id is noted when the run ends: meanwhile the same message starts another.",
                  Need.SLOW_ANSWER)
              .given(
                  "a message came again while its run was in progress, and the run ended",
                  IdCases::againInARun)
              .then((b, visit) -> visit.startsNothing(Stimulus.SLOW)),
          Case.of(
                  "resume/later-comer-starts-nothing",
                  "A message whose id is known is worked on again.")
              .given(AGAIN)
              .then((b, visit) -> visit.startsNothing(Stimulus.PLAIN)),
          Case.of(
                  "resume/duplicate-id-is-told",
                  "A message whose id is known is dropped without a word.")
              .given(AGAIN)
              .then(IdCases::isTold),
          Case.of(
                  "resume/duplicate-id-waits-over-http",
                  "A POST with a known id is answered at once, or starts another run.",
                  Need.CHAT,
                  Need.SLOW_ANSWER)
              .given(
                  "a POST with a message's id was sent while its run was in progress, and the run"
                      + " ended",
                  IdCases::postedInARun)
              .then(IdCases::waits),
          Case.of(
                  "resume/reused-id-closes-4205",
                  "An id with other content is taken for the same message.")
              .given(SETTLED)
              .then((b, visit) -> {
                visit.sends(visit.person.message("m1", b.plain() + ", but otherwise"));
                visit.closedWith(4205);
              }),
          Case.of("resume/reused-id-is-409-over-http", "HTTP does not compare content.", Need.CHAT)
              .given(
                  "a message was answered and acked, and a POST of the same one was answered too",
                  b -> {
                    Visit visit = ResumeSituations.settled(b);
                    Http.object(
                        "POST /api/chat", posted(visit, b.plain()).get(visit.slowMs()), 200);
                    return visit;
                  })
              .then((b, visit) -> {
                var answer = posted(visit, "something else").get(visit.slowMs());
                JsonNode body = Http.object("POST /api/chat", answer, 409);
                if (!body.path("code").asText().equals("id_reused")) {
                  throw new Mismatch("code id_reused", body.toString());
                }
              }),
          Case.of("resume/ids-outlive-connections", "Ids are forgotten with the connection.")
              .given(
                  "a message was answered, its connection closed, and the message came again on"
                      + " another one",
                  b -> {
                    Visit first = ResumeSituations.settled(b);
                    first.leaves();
                    Visit back = first.person.visits().is("resumed");
                    back.replay();
                    back.sends(first.person.message("m1", b.plain()));
                    return back;
                  })
              .then((b, back) -> {
                back.expect("an ack of the duplicate", e -> e.field("reply_to").equals("m1"));
                back.startsNothing(Stimulus.PLAIN);
              }),
          one(
                  "resume/id-is-claimed-with-acceptance",
                  "ten-posts-at-once",
                  "Looking up the id and noting it are two steps.",
                  Need.CHAT)
              .given("ten POSTs of one message were sent at once and answered", IdCases::tenPosts)
              .then((b, runs) -> {
                List<String> different = runs.stream().distinct().toList();
                if (different.size() > 1) {
                  throw new Mismatch("one run for one id", "the runs " + different);
                }
              }));

  private IdCases() {}

  private static Visit inProgress(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    visit.sends(visit.person.message("m1", b.slow()));
    visit.awaitAck(1);
    if (visit.person.sawAnEnd()) {
      throw new Unclear("the run ended before its message was acked");
    }
    return visit;
  }

  /** The end of the run, which must come clearly later than something sent at this time. */
  private static Event.Text endAfter(Visit visit, long sentMs) throws Finds, InterruptedException {
    Event.Text end = visit.answer("m1", visit.slowMs());
    if (end.atMs() - sentMs < CLEARLY_LATER_MS) {
      throw new Unclear("the run ended " + (end.atMs() - sentMs) + " ms after the duplicate");
    }
    return end;
  }

  private static Visit againInARun(Bench b) throws Finds, InterruptedException {
    Visit visit = inProgress(b);
    long sentMs = b.log().nowMs();
    visit.sends(visit.person.message("m1", b.slow()));
    endAfter(visit, sentMs);
    return visit;
  }

  private static void isTold(Bench b, Visit visit) throws Finds, InterruptedException {
    Event.Text ack =
        visit.expect(
            "status ack with reply_to m1 or duplicate true",
            e -> e.isStatus("ack") && (e.field("reply_to").equals("m1") || isDuplicate(e)));
    boolean named = ack.field("reply_to").equals("m1") && !ack.field("run_id").isEmpty();
    if (!isDuplicate(ack) || !named || !ack.json().hasNonNull("ack")) {
      throw new Mismatch("ack, reply_to m1, run_id and duplicate true", ack.text());
    }
  }

  private static boolean isDuplicate(Event.Text ack) {
    return ack.data("duplicate").asBoolean(false) || ack.json().path("duplicate").asBoolean(false);
  }

  private record Posted(Visit visit, Http.Pending post, String run) {}

  private static Posted postedInARun(Bench b) throws Finds, InterruptedException {
    Visit visit = inProgress(b);
    long sentMs = b.log().nowMs();
    Http.Pending post = posted(visit, b.slow());
    String run = endAfter(visit, sentMs).field("run_id");
    if (run.isEmpty()) {
      throw new Unclear("the end of the run has no run_id");
    }
    return new Posted(visit, post, run);
  }

  private static void waits(Bench b, Posted posted) throws Finds, InterruptedException {
    JsonNode result =
        Http.object("POST /api/chat", posted.post().get(posted.visit().slowMs()), 200);
    if (!result.path("run_id").asText().equals(posted.run())) {
      throw new Mismatch("the result of run " + posted.run(), result.toString());
    }
    posted.visit().quiet("second run", Event.Text::isOfRun);
  }

  private static Http.Pending posted(Visit visit, String content) {
    Person person = visit.person;
    var message = Http.message(person.session, content).put("id", "m1");
    return person.bench.http().chat(message, "Authorization", "Bearer " + person.token);
  }

  private static List<String> tenPosts(Bench b) throws Finds, InterruptedException {
    String session = b.session();
    List<Http.Pending> posts =
        IntStream.range(0, 10)
            .mapToObj(i -> b.http().chat(Http.message(session, b.plain()).put("id", "m1")))
            .toList();
    List<String> runs = new ArrayList<>();
    for (Http.Pending post : posts) {
      var answer = post.get(3 * b.pace().patienceMs());
      runs.add(Http.object("POST /api/chat", answer, 200).path("run_id").asText());
    }
    return runs;
  }
}
