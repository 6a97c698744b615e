package dev.holdfast.scenarios.conformance.resume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.DateParse;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Capability presence, for servers that declare it; others come by capability sync. */
final class PresenceCases {
  private static final int CHANGES = 12;
  private static final int NEWCOMERS = 6;

  static final List<Case> ALL =
      List.of(
          Case.of(
                  "presence/members",
                  "Members are named and not counted.",
                  Need.PRESENCE,
                  Need.SYNC)
              .given(
                  "a client that negotiated presence was joined by another one of the same user",
                  b -> {
                    Visit one = here(b);
                    one.person.other().as("ana").visits().grants("sync");
                    return one;
                  })
              .then((b, one) -> {
                Event.Text last = one.expect("presence with ana, twice", e -> counts(e, "ana", 2));
                JsonNode since = last.data("members").path(0).path("since");
                if (!DateParse.reads(since)) {
                  throw new Mismatch("a date in since", last.text());
                }
              }),
          Case.of(
                  "presence/on-change",
                  "The client that was there first is not told who comes, or who goes.",
                  Need.PRESENCE,
                  Need.SYNC)
              .given(
                  "a client that negotiated presence was joined by one of another user",
                  b -> {
                    Visit one = here(b);
                    return new Joined(one, one.person.other().as("bo").visits().grants("sync"));
                  })
              .then((b, joined) -> {
                Visit one = joined.one();
                one.expect("presence with bo", e -> counts(e, "bo", 1));
                joined.bo().talk.cut();
                one.expect("presence without bo", e -> isPresence(e) && !counts(e, "bo", 1));
              }),
          Case.of(
                  "presence/four-a-second",
                  "Every change is told at once, however many there are.",
                  Need.PRESENCE,
                  Need.SYNC)
              .given(
                  "since a client connected, members changed more often than four times a second, and"
                      + " presence told the last change",
                  PresenceCases::manyChanges)
              .then((b, told) -> PresencePace.judge(told.sinceMs(), told.atMs())),
          Case.of(
                  "presence/last-state-is-sent",
                  "What comes too soon after another change is never told.",
                  Need.PRESENCE,
                  Need.SYNC)
              .given(
                  "a client that negotiated presence was joined by six of another user in a row",
                  b -> {
                    Visit one = here(b);
                    for (int i = 1; i <= NEWCOMERS; i++) {
                      one.person.other("tab-b" + i).as("bo").visits().grants("sync");
                    }
                    return one;
                  })
              .then((b, one) ->
                  one.expect("presence with bo, six times", e -> counts(e, "bo", NEWCOMERS))));

  private PresenceCases() {}

  private record Joined(Visit one, Visit bo) {}

  private static Visit here(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b).with("sync", "presence").as("ana");
    return ana.visits().grants("sync").grants("presence");
  }

  private static boolean isPresence(Event.Text frame) {
    return frame.isStatus("presence");
  }

  private static boolean counts(Event.Text frame, String user, int connections) {
    return isPresence(frame)
        && StreamSupport.stream(frame.data("members").spliterator(), false)
            .anyMatch(m ->
                m.path("user_id").asText().equals(user)
                    && m.path("connections").asInt() == connections);
  }

  /** When a client began to connect, and when presence was told to it. */
  private record Told(long sinceMs, List<Long> atMs) {}

  private static Told manyChanges(Bench b) throws Finds, InterruptedException {
    long sinceMs = b.log().nowMs();
    Visit one = here(b);
    List<Long> changes = new ArrayList<>();
    for (int i = 1; i <= CHANGES; i++) {
      Visit joined = one.person.other("tab-b" + i).as("bo").visits().grants("sync");
      changes.add(b.log().nowMs());
      joined.talk.cut();
      changes.add(b.log().nowMs());
    }
    one.person.other("tab-c").as("cy").visits().grants("sync");
    one.expect("presence with cy", e -> counts(e, "cy", 1));
    if (!PresencePace.tooMany(sinceMs, changes)) {
      throw new Unclear("members changed no more often than four times a second");
    }
    List<Event.Text> told = one.talk.heard().stream().filter(PresenceCases::isPresence).toList();
    return new Told(sinceMs, told.stream().map(Event.Text::atMs).toList());
  }
}
