package dev.holdfast.load;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes one outcome of what injectors on many machines left behind. */
public final class LoadMerge {
  /** Where in a report directory its load lies. */
  private static final String IN_A_REPORT = "evidence/load";

  /** How the folder of one injector begins, where there are several. */
  static final String INJECTOR = "injector-";

  private final List<Part> parts;

  private LoadMerge(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads what there is to merge.
   *
   * @param folders each a load's own folder or a report directory that holds one
   * @throws MergeException if these are not the parts of one load
   */
  public static LoadMerge read(List<Path> folders) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Path folder : folders) {
      for (Path part : partsIn(folder)) {
        parts.add(Part.read(part));
      }
    }
    if (parts.isEmpty()) {
      throw new MergeException("nothing to merge: name the report directories of a load's parts");
    }
    refuseUnlessOneLoad(parts);
    return new LoadMerge(parts);
  }

  /**
   * Merges parts where they lie.
   *
   * @param from where the result will be shown; Gatling's reports are linked from there
   * @throws MergeException if these are not the parts of one load
   */
  public static LoadOutcome of(List<Path> folders, Path from) throws IOException {
    return read(folders).outcome(from.toAbsolutePath());
  }

  /**
   * Merges copies of the parts, each in a folder of its own as injectors of one machine have them:
   * what comes of it stands on nothing outside.
   *
   * @param folder where the copies go, and from where Gatling's reports are linked
   */
  public LoadOutcome into(Path folder) throws IOException {
    List<Part> copies = new ArrayList<>();
    for (Part part : parts) {
      Path copy = folder.toAbsolutePath().resolve(INJECTOR + part.plan().share().index());
      part.files().copyTo(copy);
      copies.add(Part.read(copy));
    }
    return new LoadMerge(copies).outcome(folder.toAbsolutePath());
  }

  /** Against whom the load was directed, for a report's headline. */
  public URI target() {
    return parts.getFirst().plan().url();
  }

  private LoadOutcome outcome(Path from) throws IOException {
    return new Reading(from).missing(missing()).outcome(parts);
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
              .filter(p -> p.getFileName().toString().matches(INJECTOR + "[0-9]+"))
              .sorted()
              .toList();
      return injectors.isEmpty() ? List.of(folder) : injectors;
    }
  }

  private static void refuseUnlessOneLoad(List<Part> parts) {
    Map<Integer, Part> byIndex = new TreeMap<>();
    Part first = parts.getFirst();
    for (Part part : parts) {
      int index = part.plan().share().index();
      Part twin = byIndex.put(index, part);
      if (twin != null) {
        throw new MergeException(
            String.format(
                Locale.ROOT,
                "%s and %s are both injector %d of one load, or of two; merge the parts of one",
                twin.files().folder(),
                part.files().folder(),
                index));
      }
      List<String> differences = differences(common(first.plan()), common(part.plan()));
      if (!differences.isEmpty()) {
        throw new MergeException(
            String.format(
                Locale.ROOT,
                "%s and %s did not do the same; %s",
                first.files().folder(),
                part.files().folder(),
                String.join("; ", differences)));
      }
    }
  }

  /** Injectors whose parts were not given. */
  private List<Integer> missing() {
    List<Integer> there = parts.stream().map(p -> p.plan().share().index()).toList();
    int of = parts.getFirst().plan().share().of();
    return IntStream.range(0, of).filter(i -> !there.contains(i)).boxed().toList();
  }

  /**
   * What has to be the same in all parts of one load: all of its plan, but which share it is, by
   * which address it dialed, what was typed for it, and its own clients' chance.
   */
  private static LoadPlan common(LoadPlan plan) {
    Share share = plan.share();
    return plan.withShare(new Share(0, share.of(), share.startAtMs()))
        .withVia(null)
        .withAgain(null)
        .withSeed(0);
  }

  private static List<String> differences(LoadPlan one, LoadPlan other) {
    List<String> differences = new ArrayList<>();
    for (RecordComponent part : LoadPlan.class.getRecordComponents()) {
      try {
        Object a = part.getAccessor().invoke(one);
        Object b = part.getAccessor().invoke(other);
        if (!Objects.equals(a, b)) {
          differences.add(String.format(Locale.ROOT, "%s: %s and %s", part.getName(), a, b));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return differences;
  }
}
