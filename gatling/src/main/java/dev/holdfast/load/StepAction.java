package dev.holdfast.load;

import com.typesafe.scalalogging.Logger;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.gatling.core.stats.StatsEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A {@link Step} as Gatling runs it: whatever happens, the virtual user goes on. */
final class StepAction implements Action {
  private final String name;
  private final Step.Body body;
  private final CoreComponents gatling;
  private final Action next;
  private final Logger logger = Logger.apply(LoggerFactory.getLogger(StepAction.class));

  StepAction(String name, Step.Body body, CoreComponents gatling, Action next) {
    this.name = name;
    this.body = body;
    this.gatling = gatling;
    this.next = next;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void execute(Session session) {
    try {
      VirtualUser user = new io.gatling.javaapi.core.Session(session).get(Step.USER);
      RequestLog log = new GatlingLog(gatling.statsEngine(), gatling.clock(), session);
      body.take(user, log).whenComplete((done, thrown) -> goOn(session, thrown));
    } catch (RuntimeException e) {
      goOn(session, e);
    }
  }

  private void goOn(Session session, @Nullable Throwable thrown) {
    if (thrown == null) {
      next.$bang(session);
      return;
    }
    StatsEngine stats = gatling.statsEngine();
    stats.logRequestCrash(session.scenario(), session.groups(), name, String.valueOf(thrown));
    logger.underlying().error("Step {} broke", name, thrown);
    next.$bang(session.markAsFailed());
  }

  @Override
  public Logger logger() {
    return logger;
  }

  /** Scala's way to give a trait its field; ours is set already. */
  @Override
  public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger other) {}
}
