package dev.holdfast.scenarios.chaos;

import dev.holdfast.client.persona.Action;
import dev.holdfast.client.persona.Expectation;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.frame.FrameType;
import dev.holdfast.scenarios.chaos.Answers.Shape;
import dev.holdfast.scenarios.model.Options;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Scenario.Trigger;
import dev.holdfast.scenarios.model.Settings;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits a scenario to the way in which the target answers. Scenarios are written for the frames of
 * the reference; a fault that waits for one which the target does not send is aimed at the first,
 * middle or last frame of the same answer instead, and waits are as much longer as the answers are.
 */
final class Aim {
  /** What the reference sends for a message, in this order; the last one ends the answer. */
  private static final List<String> WRITTEN_FOR =
      List.of(
          "status",
          "status",
          "status",
          "tool_execution",
          "tool_execution",
          "tool_execution",
          "message");

  private static final List<String> GREETING = List.of("status");

  /** The last frame after which a slow answer of the reference still takes its time. */
  private static final int BEFORE_THE_PAUSE = 4;

  /** More times than these tell a reader nothing. */
  private static final int FEW = 4;

  /** A client gives an answer up that takes longer, one that waits behind others too. */
  private static final long LONGEST_MS = ClientConfig.CORE.answerTimeoutMs() * 2 / 3;

  private final Source answers;

  /** Tells how the target answers a stimulus. */
  @FunctionalInterface
  interface Source {
    Shape to(Stimulus kind) throws Answers.None, InterruptedException;
  }

  Aim(Source answers) {
    this.answers = answers;
  }

  /**
   * The scenario as it is played against the target.
   *
   * @throws Settings.Unmet if the way in which the target answers excludes it
   * @throws Answers.None if the target does not answer even while nothing goes wrong
   */
  Scenario at(Scenario scenario) throws Settings.Unmet, Answers.None, InterruptedException {
    long laterMs = laterMs(scenario);
    Map<String, PersonScript> people = new LinkedHashMap<>();
    Map<String, Trigger> moved = new LinkedHashMap<>();
    List<FaultPlan> faults = new ArrayList<>();
    for (FaultPlan plan : scenario.faults()) {
      faults.add(aimed(scenario, plan.later(laterMs), moved));
    }
    for (PersonScript person : scenario.people().values()) {
      people.put(person.name(), waiting(person, moved.get(person.name()), laterMs));
    }
    return scenario.with(people, faults);
  }

  /**
   * How much later than written the faults strike that have a time and must meet a run: not at all,
   * or as much as the first frame of the target's longest answer takes.
   *
   * @throws Settings.Unmet if no answer of the target is on its way at either time
   */
  private long laterMs(Scenario scenario)
      throws Settings.Unmet, Answers.None, InterruptedException {
    List<Long> atMs = inRunAtMs(scenario);
    Shape answer = atMs.isEmpty() ? null : longest(scenario);
    if (answer == null || atMs.stream().anyMatch(answer::isOnItsWay)) {
      return 0;
    }
    long firstMs = answer.atMs().getFirst();
    if (!scenario.faults().isEmpty()
        && atMs.stream().anyMatch(ms -> answer.isOnItsWay(firstMs + ms))) {
      return firstMs;
    }
    throw Settings.unmet(
        String.format(
            Locale.ROOT,
            "the frames of the target's longest answer come after %d to %d ms; what the scenario"
                + " does after %s ms cannot happen between them",
            firstMs,
            answer.tookMs(),
            atMs.subList(0, Math.min(FEW, atMs.size()))));
  }

  /** The answer that takes longest of all that is asked for; null where nothing is. */
  private @Nullable Shape longest(Scenario scenario) throws Answers.None, InterruptedException {
    Shape longest = null;
    for (String person : scenario.people().keySet()) {
      for (Stimulus stimulus : said(scenario, person)) {
        Shape shape = answers.to(stimulus);
        longest = longest == null || shape.tookMs() > longest.tookMs() ? shape : longest;
      }
    }
    return longest;
  }

  /** When something happens that has to meet a run; nothing where it waits for a frame. */
  private static List<Long> inRunAtMs(Scenario scenario) {
    boolean waits = scenario.faults().stream().anyMatch(plan -> plan.trigger() != null);
    if (waits || !scenario.premise().isInRun()) {
      return List.of();
    }
    if (!scenario.faults().isEmpty()) {
      return scenario.faults().stream().map(FaultPlan::atMs).toList();
    }
    long intervalMs = scenario.options().get(Options.HEARTBEAT_INTERVAL_MS, LONGEST_MS);
    return LongStream.rangeClosed(1, LONGEST_MS / Math.max(1, intervalMs))
        .mapToObj(n -> n * intervalMs)
        .toList();
  }

  private FaultPlan aimed(Scenario scenario, FaultPlan plan, Map<String, Trigger> moved)
      throws Settings.Unmet, Answers.None, InterruptedException {
    Trigger trigger = plan.trigger();
    if (trigger != null) {
      Trigger now = aimed(scenario, trigger);
      if (!now.type().equals(trigger.type())) {
        moved.put(trigger.person(), now);
      }
      return plan.waitingFor(now);
    }
    if (!(plan.args().get("type") instanceof String type) || !WRITTEN_FOR.contains(type)) {
      return plan;
    }
    boolean each = !plan.args().containsKey("nth");
    String person = scenario.people().keySet().iterator().next();
    Trigger now = aimed(scenario, new Trigger(person, type, (int) plan.number("nth", 1)));
    Map<String, Object> args = new LinkedHashMap<>(plan.args());
    args.put("type", now.type());
    if (!each) {
      args.put("nth", (long) now.nth());
    }
    return each && !now.type().equals(type) ? plan : plan.with(args);
  }

  private Trigger aimed(Scenario scenario, Trigger trigger)
      throws Settings.Unmet, Answers.None, InterruptedException {
    List<Stimulus> said = said(scenario, trigger.person());
    Place meant = Place.of(said.stream().map(s -> WRITTEN_FOR).toList(), GREETING, trigger);
    if (meant == null || scenario.isTogether()) {
      return trigger;
    }
    List<Shape> shapes = new ArrayList<>();
    for (Stimulus one : said) {
      shapes.add(answers.to(one));
    }
    Shape answer = shapes.get(meant.answer());
    boolean end = meant.frame() == WRITTEN_FOR.size() - 1;
    boolean inTime =
        !end && said.get(meant.answer()) == Stimulus.SLOW && meant.frame() <= BEFORE_THE_PAUSE;
    Place there = Place.of(shapes.stream().map(Shape::types).toList(), answer.greeting(), trigger);
    boolean asMeant =
        there != null
            && there.answer() == meant.answer()
            && (there.frame() == answer.end()) == end
            && (!inTime || answer.hasTimeAfter(there.frame()));
    if (asMeant) {
      return trigger;
    }
    return trigger(
        trigger.person(), shapes, meant.answer(), frame(answer, meant.frame(), end, inTime));
  }

  /** The first, middle or last frame of an answer, as the written one is in the reference's. */
  private static int frame(Shape answer, int written, boolean end, boolean inTime)
      throws Settings.Unmet {
    if (end) {
      return answer.end();
    }
    if (answer.end() == 0) {
      throw Settings.unmet(
          "the target sends no frame between a message and the end of its answer, but perhaps"
              + " pieces of it, whose number is chance, so no fault can"
              + " strike there");
    }
    int frame = written == 0 ? 0 : (answer.end() - 1) / 2;
    while (inTime && frame > 0 && !answer.hasTimeAfter(frame)) {
      frame--;
    }
    if (inTime && !answer.hasTimeAfter(frame)) {
      throw Settings.unmet(
          "the target sends all frames of an answer within "
              + (answer.tookMs() - answer.atMs().get(frame))
              + " ms, so no fault can strike between them");
    }
    return frame;
  }

  /** What a person who counts frames of its type must count to for this frame of this answer. */
  private static Trigger trigger(String person, List<Shape> shapes, int answer, int frame) {
    String type = shapes.get(answer).types().get(frame);
    long nth = shapes.get(answer).greeting().stream().filter(type::equals).count();
    for (int i = 0; i <= answer; i++) {
      List<String> types = shapes.get(i).types();
      List<String> counted = i == answer ? types.subList(0, frame + 1) : types;
      nth += counted.stream().filter(type::equals).count();
    }
    return new Trigger(person, type, (int) nth);
  }

  /** The stimuli that a person says in turn; none where a text is meant as it is. */
  private static List<Stimulus> said(Scenario scenario, String person) {
    List<Stimulus> said = new ArrayList<>();
    PersonScript script = scenario.people().get(person);
    for (Action action : script == null ? List.<Action>of() : script.actions()) {
      if (action instanceof Action.Say say) {
        Stimulus stimulus = Settings.stimulus(say.content());
        if (stimulus == null) {
          return List.of();
        }
        said.addAll(Collections.nCopies(say.times(), stimulus));
      }
    }
    return said;
  }

  /** The script with the time that the answers to all that was said before take. */
  private PersonScript waiting(PersonScript person, @Nullable Trigger moved, long laterMs)
      throws Settings.Unmet, Answers.None, InterruptedException {
    List<Action> actions = new ArrayList<>();
    long moreMs = 0;
    for (Action action : person.actions()) {
      if (action instanceof Action.Say say
          && Settings.stimulus(say.content()) instanceof Stimulus s) {
        moreMs += 2 * answers.to(s).tookMs() * say.times();
      }
      actions.add(
          switch (action) {
            case Action.Expect e -> waiting(e, moreMs, moved);
            case Action.Pause p -> new Action.Pause(p.ms() + laterMs);
            default -> action;
          });
    }
    if (moreMs > 2 * LONGEST_MS) {
      throw Settings.unmet(
          String.format(
              Locale.ROOT,
              "the answers of this target to all messages would take about %d s, one after the other",
              moreMs / 2_000));
    }
    return new PersonScript(person.name(), actions);
  }

  private static Action waiting(Action.Expect expect, long moreMs, @Nullable Trigger moved) {
    Expectation what = expect.what();
    if (what instanceof Expectation.Refused) {
      return expect;
    }
    if (moved != null && what instanceof Expectation.FrameSeen) {
      FrameType type = FrameType.valueOf(moved.type().toUpperCase(Locale.ROOT));
      what = new Expectation.FrameSeen(type, type == FrameType.STATUS ? "processing" : null);
    }
    return new Action.Expect(what, expect.withinMs() + moreMs);
  }

  /**
   * A frame of an answer.
   *
   * @param answer which one, from 0
   * @param frame which of its frames, from 0
   */
  private record Place(int answer, int frame) {
    /** Where the nth frame of a type is; null where there are not so many. */
    static @Nullable Place of(List<List<String>> answers, List<String> greeting, Trigger trigger) {
      long count = greeting.stream().filter(trigger.type()::equals).count();
      for (int answer = 0; answer < answers.size(); answer++) {
        List<String> types = answers.get(answer);
        for (int frame = 0; frame < types.size(); frame++) {
          count += types.get(frame).equals(trigger.type()) ? 1 : 0;
          if (count == trigger.nth() && types.get(frame).equals(trigger.type())) {
            return new Place(answer, frame);
          }
        }
      }
      return null;
    }
  }
}
