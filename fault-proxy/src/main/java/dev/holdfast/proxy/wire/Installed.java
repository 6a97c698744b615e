package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.toxic.Attributes;
import dev.holdfast.proxy.toxic.Toxic;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** A toxic on a proxy: its name, its settings of the moment, and how often it bit. */
public final class Installed {
  /** What an update may change, changed at once. */
  public record Settings(Attributes attributes, float toxicity, Toxic toxic) {
    public static Settings of(Attributes attributes, float toxicity) {
      return new Settings(attributes, toxicity, attributes.kind().make(attributes));
    }
  }

  private final String name;
  private final Set<Direction> directions;
  private final LongAdder bites = new LongAdder();
  private final long connections;
  private volatile long before;
  private volatile Settings settings;

  /** A toxic for every connection. */
  public Installed(String name, Set<Direction> directions, Settings settings) {
    this(name, directions, settings, 0);
  }

  /** A toxic for the next connections only, so many of them; 0 is for every one. */
  public Installed(String name, Set<Direction> directions, Settings settings, long connections) {
    this.connections = connections;
    this.name = name;
    this.directions = Set.copyOf(directions);
    this.settings = settings;
  }

  public String name() {
    return name;
  }

  public String type() {
    return settings.attributes().kind().name();
  }

  public Set<Direction> directions() {
    return directions;
  }

  public Settings settings() {
    return settings;
  }

  /** How often it affected traffic: chunks delayed, changed or discarded, connections closed. */
  public long bites() {
    return bites.sum();
  }

  /** Connections up to this number came before the toxic. */
  void after(long number) {
    before = number;
  }

  boolean admits(long number) {
    return connections == 0 || (number > before && number - before <= connections);
  }

  void settings(Settings settings) {
    this.settings = settings;
  }

  void bite() {
    bites.increment();
  }
}
