package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which case judges which clause, and why some clauses have none. */
public final class Manifest {
  private static final String UNREACHED =
      "cannot be caused from outside without knowing the server's limits or credentials";
  private static final String CRASH =
      "needs a store that survives the process: judged by the chaos scenarios that kill it";
  private static final String INTERRUPTED =
      "needs a store that survives the process: of the reference a test of its machine judges it";
  private static final String TOOLS =
      "only a tool sees it: judged by simulated crashes (tools_once) and, of the reference, by its"
          + " audit log over real kills";
  private static final String EPOCH =
      "where only the end of a process loses state, as in the reference, there are no others left";
  private static final String SERVER_ONLY = "cannot be told apart from outside";

  /** Clauses that bind servers and have no case, and why. */
  public static final Map<String, String> EXEMPT = exempt();

  private Manifest() {}

  private static Map<String, String> exempt() {
    Map<String, String> all = new TreeMap<>();
    for (String clause :
        List.of(
            "transport/unauthenticated-is-401",
            "transport/rate-limited-is-429",
            "transport/over-capacity-is-503",
            "conversation/run-timeout-is-told",
            "http/admin-needs-the-bearer",
            "close/rate-limit-is-4004",
            "close/unauthenticated-is-4200",
            "close/forbidden-is-4201",
            "close/version-is-4202")) {
      all.put(clause, UNREACHED);
    }
    all.put("conversation/crash-ends-no-run-in-silence", CRASH);
    all.put("conversation/interrupted-is-retryable", INTERRUPTED);
    all.put("conversation/interrupted-is-indeterminate", INTERRUPTED);
    all.put("conversation/tool-start-is-stored-first", TOOLS);
    all.put("conversation/crash-repeats-no-tool", TOOLS);
    all.put("resume/new-epoch-closes-others-4003", EPOCH);
    all.put("conversation/last-ten-turns-count", "what an agent was shown " + SERVER_ONLY);
    all.put(
        "resume/token-never-in-a-url", "what a server writes into URLs of its own " + SERVER_ONLY);
    all.put("latency/p95-under-100-ms", "judged by the load stage, which has samples enough");
    all.put("rollout/drain-leaves-unacked", "the drain is judged in core; chaos judges resume");
    all.put("rollout/drain-raises-no-gap", "the drain is judged in core; chaos judges resume");
    all.put("resume/ack-below-retention-is-a-reset", "the same as resume/reset-on-overflow");
    return all;
  }

  /** Every clause that binds servers, is no part of the product alone and exists already. */
  public static List<Clause> clauses() {
    return Clauses.all().stream()
        .filter(c -> !c.side().equals("client") && !c.planned())
        .filter(c -> !c.product() || !casesOf(c).isEmpty())
        .toList();
  }

  public static List<Case> casesOf(Clause clause) {
    return ServerCases.ALL.stream().filter(c -> c.clause().equals(clause.address())).toList();
  }

  /** The page of the docs. */
  public static String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Which case judges which clause\n\n");
    page.append(
        String.format(
            Locale.ROOT,
            "%d cases for servers, %d of them in profile resume. A clause without a case says why. A\n",
            ServerCases.ALL.size(),
            ServerCases.ALL.stream().filter(c -> c.profile() == Profile.RESUME).count()));
    page.append("test fails when a clause has neither, and writes this page with\n");
    page.append("`mvn -pl scenarios test -Dtest=ManifestTest -Dmanifest=write`.\n\n");
    page.append("| clause | core | resume | cases |\n");
    page.append("|---|---|---|---|\n");
    for (Clause clause : clauses()) {
      page.append("| `").append(clause.address()).append("` | ");
      page.append(level(clause.level(Profile.CORE))).append(" | ");
      page.append(level(clause.level(Profile.RESUME))).append(" | ");
      page.append(judgedBy(clause)).append(" |\n");
    }
    return page.toString();
  }

  private static String level(@Nullable Level level) {
    return level == null ? "" : level.name().toLowerCase(Locale.ROOT);
  }

  private static String judgedBy(Clause clause) {
    List<Case> cases = casesOf(clause);
    if (cases.isEmpty()) {
      return "none: " + EXEMPT.getOrDefault(clause.address(), "");
    }
    return cases.stream()
        .map(one -> word(one, clause))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String word(Case one, Clause clause) {
    String rest = one.address().substring(clause.address().length());
    return rest.isEmpty() ? "itself" : "`" + rest.substring(1) + "`";
  }
}
