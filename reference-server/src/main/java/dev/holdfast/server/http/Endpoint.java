package dev.holdfast.server.http;

/** What answers at one path and method. Answers later if it must, and never blocks. */
@FunctionalInterface
public interface Endpoint {
  void serve(Exchange exchange);
}
