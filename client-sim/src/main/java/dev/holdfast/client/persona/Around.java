package dev.holdfast.client.persona;

import dev.holdfast.client.SimClient;
import org.jspecify.annotations.Nullable;

/** Who else is in a person's story: the others, and an administrator of the server. */
public interface Around {
  /** Nobody. */
  Around NOBODY =
      new Around() {
        @Override
        public @Nullable SimClient other(String name) {
          return null;
        }

        @Override
        public @Nullable String push(String session, String content, int times) {
          return "a push is not possible here";
        }
      };

  /** The client of that person, or null. */
  @Nullable SimClient other(String name);

  /**
   * Has the agent speak first in a session.
   *
   * @param times how often the same push is asked for
   * @return null, or why that was not taken
   */
  @Nullable String push(String session, String content, int times) throws InterruptedException;
}
