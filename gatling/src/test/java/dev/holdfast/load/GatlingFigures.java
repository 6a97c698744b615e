package dev.holdfast.load;

record GatlingFigures() {
  static GatlingFigures of(LoadOutcome o) { return new GatlingFigures(); }
  void agreeWith(dev.holdfast.report.result.LoadResult r) {
    System.out.println(r);
  }
}
