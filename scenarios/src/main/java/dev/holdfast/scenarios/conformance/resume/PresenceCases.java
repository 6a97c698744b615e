package dev.holdfast.scenarios.conformance.resume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.DateParse;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Need;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;
import java.util.stream.StreamSupport;

/** Capability presence, for servers that declare it; others come by capability sync. */
final class PresenceCases {
  /** Four fit into a second; what was sent a second apart may arrive a little closer. */
  private static final int MOST = 4;

  private static final long WINDOW_MS = 900;
  private static final int CHANGES = 12;

  static final List<Case> ALL =
      List.of(
          Case.of(
              "presence/members",
              "Members are named and not counted.",
              b -> {
                Person ana = here(b, "ana");
                Visit one = ana.visits();
                ana.other().as("ana").visits();
                Event.Text last = one.expect("presence with ana, twice", e -> counts(e, "ana", 2));
                JsonNode since = last.data("members").path(0).path("since");
                if (!DateParse.reads(since)) {
                  throw new Mismatch("a date in since", last.text());
                }
              },
              Need.PRESENCE,
              Need.SYNC),
          Case.of(
              "presence/on-change",
              "Whoever was there first is not told who comes, or who goes.",
              b -> {
                Person ana = here(b, "ana");
                Visit one = ana.visits();
                one.expect("presence with ana", e -> counts(e, "ana", 1));
                Visit two = ana.other().as("bo").visits();
                one.expect("presence with bo", e -> counts(e, "bo", 1));
                two.talk.cut();
                one.expect("presence without bo", e -> isPresence(e) && !counts(e, "bo", 1));
              },
              Need.PRESENCE,
              Need.SYNC),
          Case.of(
              "presence/four-a-second",
              "Every change is told at once, however many there are.",
              PresenceCases::manyChanges,
              Need.PRESENCE,
              Need.SYNC),
          Case.of(
              "presence/last-state-is-sent",
              "What comes too soon after another change is never told.",
              b -> {
                Person ana = here(b, "ana");
                Visit one = ana.visits();
                for (int i = 1; i <= 4; i++) {
                  ana.other("tab-b" + i).as("bo").visits();
                }
                one.expect("presence with bo, four times", e -> counts(e, "bo", 4));
              },
              Need.PRESENCE,
              Need.SYNC));

  private PresenceCases() {}

  private static Person here(Bench b, String label) {
    return Person.in(b).with("sync", "presence").as(label);
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

  private static void manyChanges(Bench b) throws Finds, InterruptedException {
    Person ana = here(b, "ana");
    Visit one = ana.visits();
    for (int i = 1; i <= CHANGES; i++) {
      ana.other("tab-b" + i).as("bo").visits().talk.cut();
    }
    Visit last = ana.other("tab-c").as("cy").visits();
    one.expect("presence with cy", e -> counts(e, "cy", 1));
    last.stillHears();
    List<Event.Text> told = one.talk.heard().stream().filter(PresenceCases::isPresence).toList();
    for (int i = MOST; i < told.size(); i++) {
      long spanMs = told.get(i).atMs() - told.get(i - MOST).atMs();
      if (spanMs < WINDOW_MS) {
        throw new Mismatch(
            "at most " + MOST + " status presence a second", MOST + 1 + " in " + spanMs + " ms");
      }
    }
  }
}
