package dev.holdfast.proxy.toxic;

/** How a connection is cut: with FIN, or with RST. */
record Cut(boolean reset) {
  static final String HOW = "how";
  static final String FIN = "fin";

  static Cut from(Attributes a) {
    String how = a.text(HOW);
    if (!how.equals(FIN) && !how.equals("rst")) {
      throw new IllegalArgumentException(a.kind().name() + ".how must be fin or rst, not " + how);
    }
    return new Cut(how.equals("rst"));
  }

  /** Ends both directions; what was passed before still arrives. */
  void through(Flow flow) {
    flow.resetOnClose(reset);
    flow.cut();
  }
}
