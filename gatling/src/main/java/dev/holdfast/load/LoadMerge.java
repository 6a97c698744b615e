package dev.holdfast.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes one outcome of what injectors on many machines left behind. */
public final class LoadMerge {
  /** Where in a report directory its load lies. */
  private static final String IN_A_REPORT = "evidence/load";

  private LoadMerge() {}

  /**
   * Merges.
   *
   * @param folders each a load's own folder or a report directory that holds one
   * @param from where the result will be shown; Gatling's reports are linked from there
   * @throws MergeException if these are not the parts of one load
   */
  public static LoadOutcome of(List<Path> folders, Path from) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Path folder : folders) {
      for (Path part : partsIn(folder)) {
        parts.add(Part.read(part));
      }
    }
    refuseUnlessOneLoad(parts);
    return new Reading(from.toAbsolutePath()).missing(missing(parts)).outcome(parts);
  }

  static List<Path> partsIn(Path given) throws IOException {
    Path within = given.toAbsolutePath().resolve(IN_A_REPORT);
    Path folder = Files.isDirectory(within) ? within : given.toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new MergeException(given + ": no such directory");
    }
    try (var inside = Files.list(folder)) {
      List<Path> injectors =
          inside
              .filter(p -> p.getFileName().toString().matches("injector-[0-9]+"))
              .sorted()
              .toList();
      return injectors.isEmpty() ? List.of(folder) : injectors;
    }
  }

  private static void refuseUnlessOneLoad(List<Part> parts) {
    Map<Integer, Part> byIndex = new TreeMap<>();
    for (Part part : parts) {
      Part twin = byIndex.put(part.plan().share().index(), part);
      if (twin != null) {
        throw new MergeException(
            "%s and %s are both injector %d of one load, or of two; merge the parts of one"
                .formatted(
                    twin.files().folder(), part.files().folder(), part.plan().share().index()));
      }
      if (!alike(part).equals(alike(parts.getFirst()))) {
        throw new MergeException(
            "%s and %s did not do the same: %s and %s"
                .formatted(
                    parts.getFirst().files().folder(),
                    part.files().folder(),
                    alike(parts.getFirst()),
                    alike(part)));
      }
    }
  }

  /** Against whom the parts of a load were directed, for a report's headline. */
  public static URI target(List<Path> folders) throws IOException {
    if (folders.isEmpty()) {
      throw new MergeException("nothing to merge: name the report directories of a load's parts");
    }
    return Part.read(partsIn(folders.getFirst()).getFirst()).plan().url();
  }

  /** Injectors whose parts were not given. */
  private static List<Integer> missing(List<Part> parts) {
    List<Integer> there = parts.stream().map(p -> p.plan().share().index()).toList();
    int of = parts.isEmpty() ? 0 : parts.getFirst().plan().share().of();
    return IntStream.range(0, of).filter(i -> !there.contains(i)).boxed().toList();
  }

  /** What has to be the same in all parts of one load. */
  private static String alike(Part part) {
    LoadPlan plan = part.plan();
    return "%s, %s model, %d people by %d injectors, %d ms, started at %d"
        .formatted(
            plan.profile().word(),
            plan.model(),
            plan.users(),
            plan.share().of(),
            plan.durationMs(),
            plan.share().startAtMs());
  }
}
