package dev.holdfast.client.persona;

import java.util.List;

/** What one person does, top to bottom. */
public record PersonScript(String name, List<Action> actions) {
  public PersonScript {
    actions = List.copyOf(actions);
  }

  public static PersonScript of(String name, Action... actions) {
    return new PersonScript(name, List.of(actions));
  }
}
