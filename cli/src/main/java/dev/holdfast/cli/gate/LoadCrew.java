package dev.holdfast.cli.gate;

import dev.holdfast.load.LoadPlan;
import dev.holdfast.load.LoadRun;
import dev.holdfast.load.Share;
import java.util.ArrayList;
import java.util.List;
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
    return via.isEmpty() ? plan : plan.withVia(via.get(index % via.size()));
  }

  /** As it would be typed, beginning with a blank; what a plan says of itself is not in here. */
  String typed() {
    return via.isEmpty() ? "" : " --via " + String.join(",", via);
  }
}
