package dev.holdfast.scenarios.world;

import java.util.Map;

/** Twins that no story can tell from the reference, and why. */
final class Unreached {
  private Unreached() {}

  private static final String NEEDS_A_STRANGER = "needs a peer that breaks the rules itself";
  private static final String SOUND_CLIENT = "a sound client never gives cause for it";
  private static final String SOUND_SERVER = "a sound server never gives cause for it";

  static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("server/waits-for-hello-forever", SOUND_CLIENT),
          Map.entry("server/takes-anything-for-a-start", NEEDS_A_STRANGER),
          Map.entry("server/grants-what-nobody-asked", "the client asks for all that there is"),
          Map.entry("server/bad-token-is-final", NEEDS_A_STRANGER),
          Map.entry("server/post-needs-no-token", NEEDS_A_STRANGER),
          Map.entry("server/bad-token-closes-everybody", NEEDS_A_STRANGER),
          Map.entry("server/core-walks-in", NEEDS_A_STRANGER),
          Map.entry("server/believes-any-hello", SOUND_CLIENT),
          Map.entry("server/hides-posts", "it knows a POST by ids that only the rules use"),
          Map.entry(
              "server/refused-frame-takes-nothing", "it knows a client_id that only the rules use"),
          Map.entry(
              "server/replays-under-a-new-time",
              "what is replayed was not seen before, so nobody knows its first time"),
          Map.entry(
              "server/sends-before-it-records", "no peer sees the order of a record and a frame"),
          Map.entry("server/acks-count-on-status-only", "the next frame brings the same ack again"),
          Map.entry("server/lower-ack-is-a-crime", SOUND_CLIENT),
          Map.entry("server/believes-any-ack", SOUND_CLIENT),
          Map.entry("server/jumps-gaps", SOUND_CLIENT),
          Map.entry("server/patient-with-gaps", SOUND_CLIENT),
          Map.entry(
              "server/silent-on-known-ids", "the run's own frames name their message all the same"),
          Map.entry("server/reused-id-may-come-again", SOUND_CLIENT),
          Map.entry("server/reused-id-is-any-bad-request", SOUND_CLIENT),
          Map.entry(
              "server/waits-for-nobody",
              "a reset is lawful: nobody knows what was not kept for whom"),
          Map.entry("server/room-for-everybody", "nobody opens so many tabs"),
          Map.entry("server/pushes-without-end", "nobody pushes so often"),
          Map.entry("server/pushes-to-anybody", "who is pushed to was there before"),
          Map.entry("client/uses-what-was-not-agreed", "the server grants all that there is"),
          Map.entry("client/keeps-a-bad-token", SOUND_SERVER),
          Map.entry("client/stumbles-over-new-types", SOUND_SERVER),
          Map.entry("client/acks-count-on-status-only", "the next frame brings the same ack again"),
          Map.entry("client/lower-ack-is-a-crime", SOUND_SERVER),
          Map.entry("client/believes-any-ack", SOUND_SERVER),
          Map.entry(
              "client/resends-what-may-be-done",
              "the snapshot tells what was done before anything is sent again"),
          Map.entry("client/shows-twice", SOUND_SERVER),
          Map.entry("client/silent-on-duplicates", SOUND_SERVER),
          Map.entry("client/jumps-gaps", SOUND_SERVER),
          Map.entry("client/patient-with-gaps", SOUND_SERVER),
          Map.entry("client/does-not-wait-for-the-snapshot", SOUND_SERVER));
}
