package dev.holdfast.proxy.engine;

import com.github.dockerjava.api.model.ContainerNetwork;
import dev.holdfast.proxy.wire.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.toxiproxy.ToxiproxyContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Toxiproxy in a container, through Testcontainers. Clients reach it at the container's own
 * address and it reaches the host at the bridge's, so that no port forwarding stands between: a
 * forwarder would accept connections that Toxiproxy refuses, and hide an RST.
 */
public final class ContainerEngine extends ForeignEngine {
  /** The image that Testcontainers is asked for. */
  public static final String IMAGE = "ghcr.io/shopify/toxiproxy:2.12.0";

  private final ToxiproxyContainer container;
  private final InetAddress address;
  private final InetAddress gateway;

  private ContainerEngine(
      ToxiproxyContainer container, URI api, InetAddress address, InetAddress gateway)
      throws IOException {
    super("container", api, EmbeddedEngine.start(0, 0));
    this.container = container;
    this.address = address;
    this.gateway = gateway;
  }

  /** Whether a Docker answers. */
  public static boolean available() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** Starts a container of {@link #IMAGE}. */
  public static ContainerEngine start() throws IOException {
    return start(IMAGE);
  }

  /** Starts a container of another image that holds Toxiproxy. */
  public static ContainerEngine start(String image) throws IOException {
    ToxiproxyContainer container =
        new ToxiproxyContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(IMAGE_NAME));
    try {
      container.start();
      return attach(container);
    } catch (IOException | RuntimeException e) {
      container.stop();
      throw e;
    }
  }

  private static final DockerImageName IMAGE_NAME =
      DockerImageName.parse("ghcr.io/shopify/toxiproxy");

  private static ContainerEngine attach(ToxiproxyContainer container) throws IOException {
    ContainerNetwork network =
        container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
            .findFirst()
            .orElseThrow(() -> new IOException("the container has no network"));
    InetAddress address = InetAddress.getByName(network.getIpAddress());
    InetAddress gateway = InetAddress.getByName(network.getGateway());
    if (NetworkInterface.getByInetAddress(gateway) == null) {
      throw new IOException(
          "the container engine needs Docker's bridge on this machine, as on Linux; here "
              + gateway.getHostAddress()
              + " is somewhere else. Use --engine external.");
    }
    URI api = URI.create("http://" + address.getHostAddress() + ":8474");
    return new ContainerEngine(container, api, address, gateway);
  }

  /** The container's address, where its proxies are reached. */
  public InetAddress address() {
    return address;
  }

  /** The address under which the container reaches this machine. */
  public InetAddress gateway() {
    return gateway;
  }

  @Override
  String listen() {
    return "0.0.0.0:0";
  }

  @Override
  String tapListen() {
    return Address.format(new InetSocketAddress(gateway, 0));
  }

  @Override
  String reached(InetSocketAddress tap) {
    return Address.format(tap);
  }

  @Override
  InetSocketAddress published(String listen) throws IOException {
    return new InetSocketAddress(address, Address.parse(listen).port());
  }

  @Override
  void release() {
    container.stop();
  }
}
