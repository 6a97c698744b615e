package dev.holdfast.protocol.spec;

import dev.holdfast.protocol.Pair;
import dev.holdfast.protocol.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The frames that our own side sent, one of each shape, to be held against the schemas. */
public final class SentFrames {
  private static final Pattern VARYING = Pattern.compile("r[0-9a-f]{16}|[0-9]+");

  private record Sent(String side, String profile, String text) {}

  private final Map<String, Sent> shapes = new HashMap<>();

  public void saw(Profile profile, Pair.Seen seen) {
    sent(seen.way() == Pair.Way.TO_SERVER ? "client" : "server", profile, seen.text());
  }

  public void sent(String side, Profile profile, String text) {
    String shape = side + profile + VARYING.matcher(text).replaceAll("0");
    shapes.putIfAbsent(shape, new Sent(side, profile.word(), text));
  }

  /** How many frames differ in more than numbers. */
  public int size() {
    return shapes.size();
  }

  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (Sent sent : shapes.values()) {
      for (String one :
          FrameSchema.complaints(sent.side(), sent.profile(), Example.parse(sent.text()))) {
        complaints.add(one + " in " + sent.text());
      }
    }
    return complaints;
  }
}
