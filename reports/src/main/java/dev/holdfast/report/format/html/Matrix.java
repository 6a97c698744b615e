package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Status;
import dev.holdfast.report.result.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Conformance at a glance: a row for each section of the protocol, a square for each case. */
public record Matrix(List<Row> rows, boolean resume) {

  /**
   * One section.
   *
   * @param core its cases of profile core
   * @param resume its cases of profile resume
   * @param findings what of it wants no attention, to be looked up
   */
  public record Row(
      String title,
      List<Square> core,
      List<Square> resume,
      String summary,
      List<FindingView> findings) {
    /** The section's own worst verdict. */
    public String tone() {
      return core.isEmpty() && resume.isEmpty()
          ? "none"
          : java.util.stream.Stream.concat(core.stream(), resume.stream())
              .map(Square::status)
              .min(Enum::compareTo)
              .map(FindingView::tone)
              .orElse("none");
    }
  }

  /** One case. */
  public record Square(Status status, String address) {
    public String tone() {
      return FindingView.tone(status);
    }
  }

  static Matrix of(List<Finding> findings, Thinning thinning) {
    Map<String, List<Finding>> sections = new LinkedHashMap<>();
    for (Finding f : findings) {
      sections.computeIfAbsent(section(f), s -> new ArrayList<>()).add(f);
    }
    List<Row> rows = new ArrayList<>();
    sections.forEach((section, own) -> rows.add(row(section, own, thinning)));
    return new Matrix(rows, rows.stream().anyMatch(r -> !r.resume().isEmpty()));
  }

  private static String section(Finding f) {
    int slash = f.address().indexOf('/');
    return slash < 0 ? f.address() : f.address().substring(0, slash);
  }

  private static Row row(String section, List<Finding> own, Thinning thinning) {
    List<Square> core = new ArrayList<>();
    List<Square> resume = new ArrayList<>();
    for (Finding f : own) {
      Square square = new Square(Status.of(f), f.title());
      (f.profile().equals("resume") ? resume : core).add(square);
    }
    List<FindingView> quiet =
        own.stream()
            .filter(f -> !Status.of(f).wantsAttention())
            .limit(thinning.findings())
            .map(f -> FindingView.of(f, 0, thinning))
            .toList();
    String title = section.substring(0, 1).toUpperCase(Locale.ROOT) + section.substring(1);
    return new Row(title, core, resume, Status.summary(own), quiet);
  }
}
