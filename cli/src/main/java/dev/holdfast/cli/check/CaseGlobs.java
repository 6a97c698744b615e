package dev.holdfast.cli.check;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.result.Glob;
import dev.holdfast.scenarios.load.Nearest;
import java.util.List;

/** Which addresses a command line asks for; without a glob, all. */
public record CaseGlobs(List<Glob> globs) {

  /**
   * Reads them.
   *
   * @param addresses those that exist
   * @throws UsageError if a glob fits none of them
   */
  public static CaseGlobs of(List<String> globs, List<String> addresses) {
    globs.forEach(glob -> refuseUnlessItFits(glob, addresses));
    return new CaseGlobs(globs.stream().map(Glob::new).toList());
  }

  public boolean include(String address) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(address));
  }

  private static void refuseUnlessItFits(String glob, List<String> addresses) {
    if (addresses.stream().noneMatch(new Glob(glob)::matches)) {
      String hint =
          Nearest.to(glob, addresses)
              .map(near -> ", did you mean '" + near + "'?")
              .orElse("; --list shows all");
      throw new UsageError("no case is called '" + glob + "'" + hint);
    }
  }
}
