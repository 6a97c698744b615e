package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Stimulus;

/** What a case needs of its target; undeclared, the case is not applicable. */
public enum Need {
  HTTP("an HTTP address (target.http)") {
    @Override
    boolean metBy(Target target) {
      return target.http() != null;
    }
  },
  SLOW_ANSWER("what to say to get an answer that takes a second or more (stimuli.slow)") {
    @Override
    boolean metBy(Target target) {
      return target.stimulus(Stimulus.SLOW) != null;
    }
  },
  FAILING_ANSWER("what to say to make the agent fail (stimuli.fail)") {
    @Override
    boolean metBy(Target target) {
      return target.stimulus(Stimulus.FAIL) != null;
    }
  },
  TOOLS("what to say to have tools used (stimuli.two_tools)") {
    @Override
    boolean metBy(Target target) {
      return target.stimulus(Stimulus.TWO_TOOLS) != null;
    }
  };

  private final String explanation;

  Need(String explanation) {
    this.explanation = explanation;
  }

  abstract boolean metBy(Target target);

  /** For people: what to declare. */
  public String explanation() {
    return explanation;
  }
}
