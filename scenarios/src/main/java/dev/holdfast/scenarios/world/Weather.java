package dev.holdfast.scenarios.world;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is wrong with the network now, oldest first. Each entry is one fault's own: what it does
 * counts as its bite, and its end ends no other.
 */
final class Weather {
  private record Entry(Mischief by, Wrong wrong) {}

  private final List<Entry> entries = new ArrayList<>();

  void begins(Mischief by, Wrong wrong) {
    entries.add(new Entry(by, wrong));
  }

  /** Everything that this fault brought is over. */
  void ends(Mischief by) {
    entries.removeIf(entry -> entry.by().equals(by));
  }

  /** What of this kind strikes a client, or null; the oldest fault does it, and has bitten. */
  <W extends Wrong> @Nullable W strikes(Class<W> kind, VirtualClient client) {
    for (Entry entry : entries) {
      if (kind.isInstance(entry.wrong()) && entry.by().strikes(client)) {
        entry.by().bit();
        return kind.cast(entry.wrong());
      }
    }
    return null;
  }

  /** All of this kind that strikes a client; every fault of them has bitten. */
  <W extends Wrong> List<W> all(Class<W> kind, VirtualClient client) {
    if (entries.isEmpty()) {
      return List.of();
    }
    List<W> all = new ArrayList<>();
    for (Entry entry : entries) {
      if (kind.isInstance(entry.wrong()) && entry.by().strikes(client)) {
        entry.by().bit();
        all.add(kind.cast(entry.wrong()));
      }
    }
    return all;
  }

  /** The fault that keeps greetings from a client, or null. */
  @Nullable Mischief keepsGreetingsFrom(VirtualClient client) {
    for (Entry entry : entries) {
      if (entry.wrong() instanceof Wrong.Ungreeted && entry.by().strikes(client)) {
        return entry.by();
      }
    }
    return null;
  }

  /** Whether anything of this kind is left. */
  boolean has(Class<? extends Wrong> kind) {
    return entries.stream().anyMatch(entry -> kind.isInstance(entry.wrong()));
  }
}
