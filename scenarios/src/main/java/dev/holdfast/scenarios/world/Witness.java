package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/** Takes down what happens to one client of the simulated world. */
interface Witness {

  /** Where and when what follows happened. */
  void at(Tick now, @Nullable String session, int connection);

  void acted(String op);

  void says(String id, @Nullable String as, String content);

  void cancels(String id, String run);

  void heard(int connection, String text, @Nullable Frame frame, @Nullable String violation);

  void wrote(int connection, String text, Frame frame, boolean sent);

  void input(ClientInput input);

  void output(ClientOutput output);
}
