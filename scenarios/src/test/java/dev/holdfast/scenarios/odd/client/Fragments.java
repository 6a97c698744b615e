package dev.holdfast.scenarios.odd.client;

import dev.holdfast.scenarios.broken.Meddling;
import dev.holdfast.scenarios.broken.WireFrame;
import java.util.ArrayList;
import java.util.List;

/** Each text leaves in several WebSocket fragments; a long one in a few. */
final class Fragments implements Meddling {
  private static final int SIZE = 5;
  private static final int MOST = 200;

  @Override
  public List<WireFrame> toServer(Line line, WireFrame frame) {
    if (!frame.is(WireFrame.TEXT)) {
      return List.of(frame);
    }
    String text = frame.text();
    int size = Math.max(SIZE, text.length() / MOST);
    List<WireFrame> fragments = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = whole(text, Math.min(text.length(), from + size));
      int kind = from == 0 ? WireFrame.TEXT : WireFrame.CONTINUATION;
      fragments.add(WireFrame.text(text.substring(from, to)).as(to == text.length(), kind));
      from = to;
    }
    return fragments;
  }

  /** The end of a fragment, behind the second half of a character that has two. */
  private static int whole(String text, int to) {
    return to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
  }
}
