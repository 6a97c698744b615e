package dev.holdfast.server.session;

import dev.holdfast.protocol.server.HttpReply;

/** Whoever waits for the answer to a POST. */
@FunctionalInterface
public interface Responder {
  void reply(HttpReply reply);
}
