package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;

/** Cuts the connection right behind a picked frame, with FIN or RST. */
record CutFrame(Pick pick, Cut cut) implements FrameFault {
  static final Kind KIND =
      Kind.typed("cut_frame", a -> new CutFrame(Pick.from(a), Cut.from(a)), Pick.ATTRIBUTES)
          .and(Cut.HOW, Cut.FIN);

  @Override
  public void bite(Frame frame, Bitten pipe) {
    pipe.flow().bite("cut_after_frame", frame.payloadBytes());
    pipe.pass(frame.sent());
    cut.through(pipe.flow());
  }
}
