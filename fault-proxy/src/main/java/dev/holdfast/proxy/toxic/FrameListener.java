package dev.holdfast.proxy.toxic;

/** Is told of frames as they enter a link, on its event loop: it must not block. */
@FunctionalInterface
public interface FrameListener {
  /**
   * A text or binary frame came by.
   *
   * @param fromClient whether a client sent it
   */
  void passed(boolean fromClient, String text);
}
