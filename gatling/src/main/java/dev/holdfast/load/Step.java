package dev.holdfast.load;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.concurrent.CompletionStage;

/** A step in a virtual user's scenario that ends later, while Gatling's threads go on. */
record Step(String name, Body body) implements ActionBuilder {
  /** Under this name a session carries its {@link VirtualUser}. */
  static final String USER = "user";

  /** What is done; begun on a thread of Gatling's, ended on any. */
  @FunctionalInterface
  interface Body {
    CompletionStage<?> take(VirtualUser user, RequestLog log);
  }

  @Override
  public io.gatling.core.action.builder.ActionBuilder asScala() {
    return this::build;
  }

  private Action build(ScenarioContext context, Action next) {
    return new StepAction(name, body, context.coreComponents(), next);
  }
}
