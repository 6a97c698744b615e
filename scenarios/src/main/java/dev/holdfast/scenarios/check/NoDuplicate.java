package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is worked on or answered twice: no message has two runs, and no end comes again.
 *
 * <p>What was written to a connection that died may come once more on the next one: in profile core
 * as it is, in profile resume with the position it had. A server that forgot what it knew may work
 * on a message once more whose answer reached nobody, but others that share the session.
 */
final class NoDuplicate implements Checker {

  /** A message as long as a server remembers it. */
  private record Work(String message, int forgotten) {}

  @Override
  public String name() {
    return "no_duplicate";
  }

  @Override
  public String requirement() {
    return "No message is worked on twice and no answer comes twice.";
  }

  @Override
  public String premise() {
    return "An answer came.";
  }

  @Override
  public Judged judge(History history) {
    int ends = 0;
    Map<String, Long> owed = owed(history);
    for (Map.Entry<String, Dialogue> entry : history.dialogues().entrySet()) {
      Dialogue dialogue = entry.getValue();
      long messages = owed.getOrDefault(person(entry.getKey()), 0L);
      String twice = duplicate(history.profile(), dialogue, messages);
      if (twice != null) {
        return Judged.brokenBy(Source.SERVER, entry.getKey() + ": " + twice);
      }
      ends += dialogue.ends().size();
    }
    return ends == 0
        ? Judged.unknown("no answer came at all")
        : Judged.holds(ends + " ends, none twice");
  }

  /** How many messages each person's tabs wrote; a server may send every answer to every tab. */
  private static Map<String, Long> owed(History history) {
    Map<String, Long> owed = new HashMap<>();
    history
        .dialogues()
        .forEach((process, dialogue) -> {
          long written = dialogue.said().stream().filter(Dialogue.Said::written).count();
          owed.merge(person(process), written, Long::sum);
        });
    return owed;
  }

  /** The person of a client: {@code ana.2} is the second tab of {@code ana}. */
  private static String person(String process) {
    int tab = process.indexOf('.');
    return tab < 0 ? process : process.substring(0, tab);
  }

  private static @Nullable String duplicate(Profile profile, Dialogue dialogue, long owed) {
    Map<Work, String> runOf = new HashMap<>();
    Map<String, Dialogue.End> seen = new HashMap<>();
    int nameless = 0;
    for (Dialogue.End end : dialogue.ends()) {
      String subject = end.subject();
      if (subject == null) {
        nameless++;
        continue;
      }
      Dialogue.End before = seen.put(subject, end);
      if (before != null && !repeatAllowed(profile, before, end)) {
        return "the end of " + subject + " came twice";
      }
      if (end.replyTo() != null && end.runId() != null) {
        String other = runOf.put(new Work(end.replyTo(), end.forgotten()), end.runId());
        if (other != null && !other.equals(end.runId())) {
          return end.replyTo() + " was worked on twice, as " + other + " and " + end.runId();
        }
      }
    }
    return tooMany(dialogue, nameless, owed);
  }

  private static boolean repeatAllowed(Profile profile, Dialogue.End a, Dialogue.End b) {
    boolean otherConnection = !Objects.equals(a.connection(), b.connection());
    return b.again() || (otherConnection && (profile == Profile.CORE || a.seq() == b.seq()));
  }

  /** A server that names nothing is judged by numbers. */
  private static @Nullable String tooMany(Dialogue dialogue, int nameless, long owed) {
    Set<String> connections = new HashSet<>();
    dialogue.ends().forEach(e -> connections.add(String.valueOf(e.connection())));
    boolean repeatsPossible = connections.size() > 1;
    return nameless > owed && !repeatsPossible
        ? nameless + " ends came for " + owed + " messages"
        : null;
  }
}
