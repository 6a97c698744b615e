package dev.holdfast.load;

import io.gatling.commons.stats.Status;
import io.gatling.commons.util.Clock;
import io.gatling.core.session.Session;
import io.gatling.core.stats.StatsEngine;
import scala.Option;
import scala.collection.immutable.List;

/** Gatling's own log: each time becomes a request that ends now. */
final class GatlingLog implements RequestLog {
  private final StatsEngine stats;
  private final Clock clock;
  private final String scenario;
  private final List<String> groups;

  GatlingLog(StatsEngine stats, Clock clock, Session session) {
    this.stats = stats;
    this.clock = clock;
    scenario = session.scenario();
    groups = session.groups();
  }

  @Override
  public void ok(String request, long nanos) {
    add(request, nanos, "OK", Option.empty());
  }

  @Override
  public void failed(String request, long nanos, String why) {
    add(request, nanos, "KO", Option.apply(why));
  }

  private void add(String request, long nanos, String status, Option<String> why) {
    long end = clock.nowMillis();
    long start = end - Math.round(nanos / 1e6);
    stats.logResponse(
        scenario, groups, request, start, end, Status.apply(status), Option.empty(), why);
  }
}
