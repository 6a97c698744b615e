package dev.holdfast.cli.gate;

import dev.holdfast.load.LoadPlan;
import dev.holdfast.load.LoadRun;
import dev.holdfast.load.Share;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who carries a load.
 *
 * @param injectors how many processes in all
 * @param only the one of them that this machine is, from 0; null when all run here
 * @param startAtMs when their clocks start, in milliseconds since 1970; 0 for as soon as possible
 * @param via hosts or addresses of the target that the injectors dial in turn; empty for the URL's
 */
public record LoadCrew(int injectors, @Nullable Integer only, long startAtMs, List<String> via) {

  /** One process of this machine. */
  public static final LoadCrew ALONE = new LoadCrew(1, null, 0, List.of());

  public LoadCrew {
    via = List.copyOf(via);
  }

  /** The plans of the processes that run here. */
  List<LoadPlan> shares(LoadPlan plan) {
    if (only != null) {
      return List.of(dialing(plan.withShare(new Share(only, injectors, startAtMs)), only));
    }
    List<LoadPlan> shares = new ArrayList<>();
    for (LoadPlan share : LoadRun.split(plan, injectors, startAtMs)) {
      shares.add(dialing(share, shares.size()));
    }
    return shares;
  }

  private LoadPlan dialing(LoadPlan plan, int index) {
    if (via.isEmpty()) {
      return plan;
    }
    String host = via.get(index % via.size());
    String url = plan.url().toString();
    String authority = plan.url().getAuthority();
    String port = plan.url().getPort() < 0 ? "" : ":" + plan.url().getPort();
    return plan.withUrl(URI.create(url.replaceFirst(Pattern.quote(authority), host + port)));
  }
}
