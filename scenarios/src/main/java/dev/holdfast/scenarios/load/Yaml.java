package dev.holdfast.scenarios.load;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One value of a YAML file that knows where it stands, so that every complaint can say so. */
public final class Yaml {
  private final String file;
  private final Node node;

  private Yaml(String file, Node node) {
    this.file = file;
    this.node = node;
  }

  /** Reads a whole file's text. */
  public static Yaml read(String file, String text) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      options.setMaxAliasesForCollections(10);
      Node root =
          new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (root == null) {
        throw new ScenarioError(file, 1, 1, "the file is empty");
      }
      return new Yaml(file, root);
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      String problem = e.getProblem() == null ? "malformed YAML" : e.getProblem();
      throw mark == null
          ? new ScenarioError(file, problem)
          : new ScenarioError(file, mark.getLine() + 1, mark.getColumn() + 1, problem);
    } catch (YAMLException e) {
      throw new ScenarioError(file, "this is no YAML: " + e.getMessage());
    }
  }

  /** A complaint about this value. */
  public ScenarioError error(String what) {
    var mark = node.getStartMark();
    return new ScenarioError(file, mark.getLine() + 1, mark.getColumn() + 1, what);
  }

  /** The line that this value begins in, from 1. */
  public int line() {
    return node.getStartMark().getLine() + 1;
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** A map's values by key; a key twice is an error, and so is one that is not known. */
  public Map<String, Yaml> map(Collection<String> known) {
    Map<String, Yaml> map = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping().getValue()) {
      Yaml key = new Yaml(file, tuple.getKeyNode());
      String name = key.text();
      if (!known.isEmpty() && !known.contains(name)) {
        throw key.error("unknown key '" + name + "'" + Nearest.hint(name, known));
      }
      if (map.put(name, new Yaml(file, tuple.getValueNode())) != null) {
        throw key.error("the key '" + name + "' stands here twice");
      }
    }
    return map;
  }

  /** A map with any keys. */
  public Map<String, Yaml> anyMap() {
    return map(Set.of());
  }

  private MappingNode mapping() {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw error("expected a map of keys and values");
  }

  public List<Yaml> list() {
    if (!(node instanceof SequenceNode sequence)) {
      throw error("expected a list, as in [a, b]");
    }
    List<Yaml> values = new ArrayList<>();
    for (Node value : sequence.getValue()) {
      values.add(new Yaml(file, value));
    }
    return values;
  }

  public String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw error("expected a text");
  }

  /** One of a few words. */
  public String word(Collection<String> known, String kind) {
    String word = text();
    if (!known.contains(word)) {
      throw error("unknown " + kind + " '" + word + "'" + Nearest.hint(word, known));
    }
    return word;
  }

  /** A whole number within a range. */
  public long number(long least, long most) {
    try {
      long value = Long.parseLong(text().replace("_", ""));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw error("expected a whole number from " + least + " to " + most);
    }
    throw error("expected a whole number from " + least + " to " + most + ", not " + text());
  }

  /** A number within a range, whole or not. */
  public double decimal(double least, double most) {
    String range = "expected a number from " + whole(least) + " to " + whole(most);
    try {
      double value = Double.parseDouble(text());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw error(range);
    }
    throw error(range + ", not " + text());
  }

  private static String whole(double bound) {
    return Long.toString((long) bound);
  }

  public boolean flag() {
    String text = text();
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw error("expected true or false");
  }

  /** The value of a key that must be there, in this map. */
  public Yaml at(String key) {
    return required(anyMap(), key);
  }

  /** The value of a key that must be there. */
  public Yaml required(Map<String, Yaml> map, String key) {
    @Nullable Yaml value = map.get(key);
    if (value == null) {
      throw error("the key '" + key + "' is missing here");
    }
    return value;
  }
}
