package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Does nothing to frames and tells of each. It is no fault, so no list has it. */
public record FrameNote(FrameListener listener) implements Toxic {

  /** A kind for one listener. */
  public static Kind kind(FrameListener listener) {
    return new Kind("frame_note", Map.of(), a -> new FrameNote(listener));
  }

  @Override
  public Pipe open(Flow flow) {
    return new FramePipe(flow) {
      @Override
      protected void frame(Frame frame) {
        if (frame.isData() && !frame.isCompressed()) {
          String text = new String(frame.payload(), StandardCharsets.UTF_8);
          listener.passed(flow.connection(), fromClient(), text);
        }
        pass(frame.sent());
      }
    };
  }

  /** Compression is stripped whichever way a frame goes. */
  @Override
  public boolean bothWays() {
    return true;
  }
}
