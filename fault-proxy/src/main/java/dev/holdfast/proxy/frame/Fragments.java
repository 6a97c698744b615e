package dev.holdfast.proxy.frame;

import java.util.ArrayList;
import java.util.List;

/** The fragments of one message, gathered until the last one has come. */
public final class Fragments {
  private final List<Frame> parts = new ArrayList<>();
  private long bytes;
  private boolean complete;

  /** Whether this frame begins a message in fragments, or continues the one that is here. */
  public boolean takes(Frame frame) {
    return parts.isEmpty() ? frame.beginsFragments() : frame.continuesFragments();
  }

  /** Adds a frame that {@link #takes} says belongs here. */
  public void add(Frame frame) {
    parts.add(frame);
    bytes += frame.payloadBytes();
    complete = frame.isFinal();
  }

  /** Whether the last fragment has come. */
  public boolean isComplete() {
    return complete;
  }

  /** How many bytes of payload have come. */
  public long bytes() {
    return bytes;
  }

  /** The message as one frame; its fragments stay as they are. */
  public Frame joined() {
    return Frame.joined(parts);
  }

  /** Hands the fragments over and begins anew. */
  public List<Frame> drain() {
    List<Frame> drained = List.copyOf(parts);
    parts.clear();
    bytes = 0;
    complete = false;
    return drained;
  }
}
