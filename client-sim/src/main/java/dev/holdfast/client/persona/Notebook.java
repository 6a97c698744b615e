package dev.holdfast.client.persona;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.persona.Sightings.Fate;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a person knows: the messages by the names that the script gave them, and all that was seen.
 *
 * <p>Answers whether an expectation is met, on sockets and in virtual time alike.
 */
public final class Notebook implements ClientListener {
  private final Sightings seen = new Sightings();
  private final Map<String, String> idOf = new LinkedHashMap<>();

  /** How an expectation stands. */
  public enum Reading {
    MET,
    /** It may still come. */
    OPEN,
    /** It cannot come any more. */
    MISSED
  }

  public void named(String as, String id) {
    idOf.put(as, id);
  }

  public @Nullable String id(String name) {
    return idOf.get(name);
  }

  /** How it stands; what meets an expectation of a state, frame or refusal is used up by it. */
  public Reading read(Expectation what) {
    return switch (what) {
      case Expectation.Terminal t -> fates(t.names(), Fate::terminal);
      case Expectation.Settled s -> fates(s.names(), f -> true);
      case Expectation.Indeterminate i -> fates(i.names(), f -> isInDoubt(f, i.code()));
      case Expectation.Refused r -> met(seen.takeRefusal(r.code()));
      case Expectation.State s -> met(seen.takeState(s.state()));
      case Expectation.Closed c -> met(seen.takeClose(c.code()));
      case Expectation.Here h -> met(seen.knows(h.users()));
      case Expectation.Echoed e -> met(seen.takeEcho(e.content()));
      case Expectation.Pushed p -> met(seen.takePush());
      case Expectation.FrameSeen f -> met(seen.takeFrame(f.type(), f.status()));
    };
  }

  private static boolean isInDoubt(Fate fate, @Nullable String code) {
    return fate.indeterminate() && (code == null || code.equals(fate.code()));
  }

  private static Reading met(boolean met) {
    return met ? Reading.MET : Reading.OPEN;
  }

  private Reading fates(String names, Predicate<Fate> right) {
    Map<String, String> meant = meant(names);
    if (meant.isEmpty()) {
      return Reading.MISSED;
    }
    boolean open = false;
    for (String id : meant.values()) {
      Fate fate = seen.fate(id);
      if (fate != null && !right.test(fate)) {
        return Reading.MISSED;
      }
      open |= fate == null;
    }
    return open ? Reading.OPEN : Reading.MET;
  }

  /** The messages that {@code m1} or {@code q*} stands for, by name. */
  private Map<String, String> meant(String names) {
    Map<String, String> meant = new LinkedHashMap<>();
    boolean many = names.endsWith("*");
    String stem = many ? names.substring(0, names.length() - 1) : names;
    idOf.forEach((name, id) -> {
      boolean numbered = name.startsWith(stem) && name.substring(stem.length()).matches("\\d+");
      if (many ? numbered : name.equals(stem)) {
        meant.put(name, id);
      }
    });
    return meant;
  }

  /** For whoever reads why an expectation was missed: what is there instead. */
  public String instead(Expectation what) {
    return switch (what) {
      case Expectation.Terminal t -> insteadOf(t.names(), Fate::terminal);
      case Expectation.Settled s -> insteadOf(s.names(), f -> true);
      case Expectation.Indeterminate i -> insteadOf(i.names(), f -> isInDoubt(f, i.code()));
      default -> seen.now();
    };
  }

  private String insteadOf(String names, Predicate<Fate> right) {
    Map<String, String> meant = meant(names);
    for (Map.Entry<String, String> one : meant.entrySet()) {
      Fate fate = seen.fate(one.getValue());
      if (fate == null || !right.test(fate)) {
        return one.getKey() + ": " + (fate == null ? "no end" : fate) + "; " + seen.now();
      }
    }
    return meant.isEmpty() ? nobodySaid(names) : seen.now();
  }

  static String nobodySaid(String names) {
    return "the script says nothing as " + names;
  }

  /** Waits until the condition holds or the time is over; a broken client is waited for no more. */
  boolean await(BooleanSupplier condition, long withinMs) throws InterruptedException {
    return seen.await(condition, withinMs);
  }

  String now() {
    return seen.now();
  }

  @Override
  public void onFrame(Seen frame) {
    seen.onFrame(frame);
  }

  @Override
  public void onState(LinkState now, int attempt, long delayMs, String reason) {
    seen.onState(now, attempt, delayMs, reason);
  }

  @Override
  public void onClosed(int connection, int code) {
    seen.onClosed(connection, code);
  }

  @Override
  public void onDeliver(Frame frame) {
    seen.onDeliver(frame);
  }

  @Override
  public void onRefused(String id, String code) {
    seen.onRefused(id, code);
  }

  @Override
  public void onSettled(String id, Outcome outcome, @Nullable String code) {
    seen.onSettled(id, outcome, code);
  }

  @Override
  public void onFailure(Throwable thrown) {
    seen.onFailure(thrown);
  }
}
