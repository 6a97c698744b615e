package dev.holdfast.server.inspect;

import java.util.List;

/** The faults that an onlooker may press, offered by whoever stands between peers and server. */
public interface FaultPanel {

  /**
   * One button.
   *
   * @param name what it is called in {@link #press}
   * @param says what it does, for people
   * @param on whether it is at work now; what happens at once never is
   * @param bites how often it has affected traffic since it was pressed
   */
  record Button(String name, String says, boolean on, long bites) {}

  List<Button> buttons();

  /** Where the chat page is found behind these faults. */
  String chatUrl();

  /**
   * Starts a fault, or ends it where it is at work.
   *
   * @return whether there is such a button
   */
  boolean press(String name);
}
