package dev.holdfast.client;

import dev.holdfast.client.access.Access;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Who talks to whom, and how.
 *
 * @param name of the person: the journal's process, and the user id
 * @param wsUrl {@code ws} or {@code wss}; session and user are added to its query
 * @param httpUrl where {@code /api/…} begins; null for a client without a fallback
 * @param sessionId null lets the server name it
 * @param step the core; a broken twin wraps the real one
 * @param journal null for a client that leaves no history
 * @param access what the server needs beside its address
 * @param seed of all chance but ids: the same seed draws the same delays
 */
public record ClientOptions(
    String name,
    URI wsUrl,
    @Nullable URI httpUrl,
    @Nullable String sessionId,
    String userId,
    ClientConfig config,
    ClientStep step,
    @Nullable Journal journal,
    ClientListener listener,
    long seed,
    Access access) {

  /** A core client with a journal, no fallback, and a session that the server names. */
  public static ClientOptions of(String name, URI wsUrl) {
    return new ClientOptions(
        name,
        wsUrl,
        null,
        null,
        name,
        ClientConfig.CORE,
        new ClientMachine(ClientConfig.CORE),
        new Journal(Source.CLIENT, name),
        ClientListener.NONE,
        1,
        Access.NONE);
  }

  /** Also makes the real core for that configuration. */
  public ClientOptions with(ClientConfig other) {
    return with(other, new ClientMachine(other));
  }

  public ClientOptions with(ClientConfig other, ClientStep otherStep) {
    return new ClientOptions(
        name, wsUrl, httpUrl, sessionId, userId, other, otherStep, journal, listener, seed, access);
  }

  public ClientOptions withHttp(@Nullable URI url) {
    return new ClientOptions(
        name, wsUrl, url, sessionId, userId, config, step, journal, listener, seed, access);
  }

  public ClientOptions withSession(@Nullable String id) {
    return new ClientOptions(
        name, wsUrl, httpUrl, id, userId, config, step, journal, listener, seed, access);
  }

  public ClientOptions withUser(String id) {
    return new ClientOptions(
        name, wsUrl, httpUrl, sessionId, id, config, step, journal, listener, seed, access);
  }

  public ClientOptions withJournal(@Nullable Journal other) {
    return new ClientOptions(
        name, wsUrl, httpUrl, sessionId, userId, config, step, other, listener, seed, access);
  }

  public ClientOptions withListener(ClientListener other) {
    return new ClientOptions(
        name, wsUrl, httpUrl, sessionId, userId, config, step, journal, other, seed, access);
  }

  public ClientOptions withSeed(long other) {
    return new ClientOptions(
        name, wsUrl, httpUrl, sessionId, userId, config, step, journal, listener, other, access);
  }

  /** What the server needs beside its address. */
  public ClientOptions with(Access other) {
    return new ClientOptions(
        name, wsUrl, httpUrl, sessionId, userId, config, step, journal, listener, seed, other);
  }
}
