package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.ContainerEngine;
import dev.holdfast.proxy.engine.FaultEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where things are as an engine sees them: on loopback for all but a container, which reaches this
 * machine over its bridge.
 */
record Site(InetAddress server, String listen, InetAddress proxy) {
  static Site of(FaultEngine engine) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return engine instanceof ContainerEngine container
        ? new Site(container.gateway(), "0.0.0.0:0", container.address())
        : new Site(loopback, "127.0.0.1:0", loopback);
  }

  /** Where a client finds the proxy that says it listens there. */
  InetSocketAddress reach(String listen) {
    int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    return new InetSocketAddress(proxy, port);
  }
}
