package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages leave in the order in which they were said and are answered in that order. */
final class InOrder implements Checker {

  @Override
  public String name() {
    return "in_order";
  }

  @Override
  public String requirement() {
    return "Messages leave in the order in which they were said, and are answered in that order.";
  }

  @Override
  public String premise() {
    return "A message left the client.";
  }

  @Override
  public Judged judge(History history) {
    int written = 0;
    for (Map.Entry<String, Dialogue> entry : history.dialogues().entrySet()) {
      String wrong = wrongly(history.profile(), entry.getValue());
      if (wrong != null) {
        return Judged.broken(entry.getKey() + ": " + wrong);
      }
      written += (int) entry.getValue().said().stream().filter(Dialogue.Said::written).count();
    }
    return written == 0
        ? Judged.unknown("no message left")
        : Judged.holds(written + " messages in order");
  }

  private static @Nullable String wrongly(Profile profile, Dialogue dialogue) {
    int last = -1;
    for (Dialogue.Said said : dialogue.said()) {
      if (said.writtenAs() >= 0 && said.writtenAs() < last) {
        return said.id() + " left before what was said before it";
      }
      last = Math.max(last, said.writtenAs());
    }
    return answersOutOfOrder(profile, dialogue);
  }

  private static @Nullable String answersOutOfOrder(Profile profile, Dialogue dialogue) {
    Map<String, Integer> place = new HashMap<>();
    List<Dialogue.Said> said = dialogue.said();
    for (int i = 0; i < said.size(); i++) {
      boolean again = profile == Profile.CORE && wasSentAgain(said.get(i));
      if (!again && !wasGivenUpOverHttp(said.get(i))) {
        place.put(said.get(i).id(), i);
      }
    }
    Set<String> answered = new HashSet<>();
    int newest = -1;
    for (Dialogue.End end : dialogue.ends()) {
      String id = end.replyTo();
      if (id == null || !place.containsKey(id) || !answered.add(id)) {
        continue;
      }
      int at = place.getOrDefault(id, -1);
      if (at < newest) {
        return id + " was answered behind " + said.get(newest).id();
      }
      newest = at;
    }
    return null;
  }

  /**
   * A message with a position that HTTP could not bring: its person was told of the doubt, and it
   * reaches the server with the next connection, behind what HTTP brought meanwhile.
   */
  private static boolean wasGivenUpOverHttp(Dialogue.Said said) {
    return said.fate() == Kind.INDETERMINATE && "http_unreachable".equals(said.code());
  }

  /**
   * What profile core wrote to a connection that died and sends again comes behind later things.
   */
  private static boolean wasSentAgain(Dialogue.Said said) {
    return said.writtenOn().size() > 1 || (said.written() && said.posted());
  }
}
