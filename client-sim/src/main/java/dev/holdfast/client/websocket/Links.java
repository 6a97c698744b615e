package dev.holdfast.client.websocket;

import dev.holdfast.client.access.Access;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientInput.Refused;
import dev.holdfast.protocol.frame.CloseCode;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.core.CloseReasons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dials WebSockets. One is enough for a JVM: a Tyrus manager a connection costs threads. */
public final class Links {
  private static final Logger LOG = LoggerFactory.getLogger(Links.class);

  /** A message beyond this is not read to its end. */
  private static final int MAX_MESSAGE_CHARS = 4 << 20;

  /** RFC 6455, 7.1.5: what stands for the code of a close frame that has none. */
  private static final int NO_CODE = 1005;

  private static final String SOCKETS = SocketContainer.class.getName();

  /**
   * Sessions borrow their threads from a manager that never dials. One that does ends its threads
   * when its last connection ends, and a connection that begins meanwhile is refused by them.
   */
  private final ClientManager manager =
      ClientManager.createClient(SOCKETS, ClientManager.createClient(SOCKETS));

  private final ScheduledExecutorService timers;

  public Links(ScheduledExecutorService timers) {
    this.timers = timers;
  }

  /** Starts to dial; redirects are not followed and nothing is tried twice. */
  public Link dial(URI uri, boolean offerResume, LinkListener listener) {
    return dial(uri, offerResume, Access.NONE, listener);
  }

  /** The same of a server that needs more than its address. */
  public Link dial(URI uri, boolean offerResume, Access access, LinkListener listener) {
    Link link = new Link(listener, new Wire(timers), access);
    List<String> offered = offerResume ? List.of(Profile.SUBPROTOCOL) : List.of();
    ClientEndpointConfig config =
        ClientEndpointConfig.Builder.create().preferredSubprotocols(offered).build();
    config.getUserProperties().put(SocketContainer.LINK, link);
    Thread.ofVirtual().name("holdfast-dial").start(() -> dial(link, config, uri));
    return link;
  }

  private void dial(Link link, ClientEndpointConfig config, URI uri) {
    try {
      manager.connectToServer(new LinkEndpoint(link), config, uri);
    } catch (HandshakeRefused refused) {
      LOG.debug("{} refused: {}", uri, refused.getMessage());
      link.refused(refused.status(), refused.retryAfterMs());
    } catch (IOException | DeploymentException | RuntimeException e) {
      LOG.debug("{} gave no valid answer", uri, e);
      link.refused(Refused.NO_ANSWER, 0);
    }
  }

  /** Passes on what Tyrus says of one connection. */
  private static final class LinkEndpoint extends Endpoint {
    private final Link link;

    LinkEndpoint(Link link) {
      this.link = link;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.setMaxTextMessageBufferSize(MAX_MESSAGE_CHARS);
      session.addMessageHandler(String.class, link::received);
      session.addMessageHandler(ByteBuffer.class, bytes -> refuseBinary(session));
      link.opened(session, Profile.SUBPROTOCOL.equals(session.getNegotiatedSubprotocol()));
    }

    private static void refuseBinary(Session session) {
      try {
        session.close(new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, "text frames only"));
      } catch (IOException | IllegalStateException e) {
        LOG.debug("already closed, code {}", CloseCode.UNSUPPORTED_DATA, e);
      }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
      if (isWithoutCode(reason)) {
        link.ended(NO_CODE, "");
      } else {
        link.ended(reason.getCloseCode().getCode(), reason.getReasonPhrase());
      }
    }

    /** Tyrus makes 1000 of an empty close frame, but by an instance of its own. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isWithoutCode(CloseReason reason) {
      return reason == CloseReasons.NORMAL_CLOSURE.getCloseReason();
    }

    @Override
    public void onError(Session session, Throwable thrown) {
      LOG.debug("Tyrus met an error", thrown);
    }
  }
}
