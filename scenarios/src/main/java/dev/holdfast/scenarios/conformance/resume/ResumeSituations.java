package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.Situation;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;

/** Situations that several cases of profile resume begin with. */
final class ResumeSituations {
  static final Situation<Bench, Visit> GREETED =
      new Situation<>(
          "the first hello of a fresh session was answered by status connected",
          b -> Person.in(b).visits());

  static final Situation<Bench, Visit> ANSWERED =
      new Situation<>(
          "a message was answered by frames in positions", b -> answered(Person.in(b).visits()));

  /** The token surely arrived: a second hello showed it. */
  static final Situation<Bench, Person> KNOWN =
      new Situation<>("the token of a session was shown twice", ResumeSituations::known);

  private ResumeSituations() {}

  /** Says a plain message and reads its run to the end. */
  static Visit answered(Visit visit) throws Finds, InterruptedException {
    visit.answer(visit.says(visit.person.bench.plain()));
    if (visit.person.got == 0) {
      throw new Unclear("no frame of the run had a position");
    }
    return visit;
  }

  /** A client with one answered message, whose connection was closed. */
  static Person left(Bench b) throws Finds, InterruptedException {
    Visit visit = answered(Person.in(b).visits());
    visit.leaves();
    return visit.person;
  }

  /** A connection on which message m1 was answered and acked. */
  static Visit settled(Bench b) throws Finds, InterruptedException {
    Visit visit = Person.in(b).visits();
    visit.sends(visit.person.message("m1", b.plain()));
    visit.answer("m1");
    visit.awaitAck(1);
    return visit;
  }

  static Person known(Bench b) throws Finds, InterruptedException {
    Person ana = Person.in(b);
    ana.visits();
    ana.visits();
    return protectedBy(ana);
  }

  /** Only a session with a token can be asked for it. */
  static Person protectedBy(Person person) throws Unclear {
    if (String.valueOf(person.token).isEmpty() || person.token == null) {
      throw new Unclear("status connected gave no resume_token");
    }
    return person;
  }

  static String shown(List<Event.Text> frames) {
    return frames.isEmpty() ? "nothing" : Talk.describe(frames.get(frames.size() - 1));
  }
}
