package dev.holdfast.client.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a server needs beside its address.
 *
 * @param headers of each handshake and each request, by name
 * @param trust whom to trust under TLS
 * @param target the server's own address where a proxy stands before it: its host is in the
 *     certificate and in the Host header; null where it is dialed itself
 */
public record Access(Map<String, String> headers, Trust trust, @Nullable URI target) {
  /** A server that needs nothing. */
  public static final Access NONE = new Access(Map.of(), Trust.SYSTEM, null);

  private static final Map<Trust, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

  /** One for each trust: the JDK uses a connection again only for the same factory. */
  private static final Map<SSLContext, SSLSocketFactory> FACTORIES = new ConcurrentHashMap<>();

  static {
    // Else the JDK's older HTTP client drops an Origin without a word.
    System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
  }

  public Access {
    headers = Map.copyOf(headers);
  }

  /** The values may be secrets. */
  @Override
  public String toString() {
    return "Access" + headers.keySet();
  }

  /** The same for a server that is reached through a proxy. */
  public Access behindProxy(URI itself) {
    return new Access(headers, trust, itself);
  }

  /** Whether a header of this name, in whatever case, is sent. */
  public boolean declares(String name) {
    return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Says for a trace which headers a request replaces by its own; empty where it replaces none. */
  public String replacedBy(Collection<String> own) {
    String names = own.stream().filter(this::declares).sorted().collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " (its own " + names + " replaces the declared one)";
  }

  /** Headers but those that a request sets itself: its own win. */
  public Map<String, String> headersBut(Collection<String> own) {
    Map<String, String> left = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    left.putAll(headers);
    own.forEach(left::remove);
    return left;
  }

  /** The Host header for an address that is dialed. */
  public String authority(URI dialed) {
    return target == null ? dialed.getAuthority() : target.getAuthority();
  }

  /**
   * Goes on under TLS; the other side must be who its certificate says, unless any is accepted.
   *
   * @param dialed the address; its host must be in the certificate, or the target's behind a proxy
   * @throws IOException if the certificate is not accepted, or the other side speaks no TLS
   */
  public SSLSocket secure(Socket plain, URI dialed) throws IOException {
    String host = target == null ? dialed.getHost() : target.getHost();
    SSLSocket secure =
        (SSLSocket) context().getSocketFactory().createSocket(plain, host, plain.getPort(), true);
    if (!trust.any()) {
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
    }
    secure.startHandshake();
    return secure;
  }

  /** A client for HTTP that trusts the same. */
  public HttpClient.Builder http(HttpClient.Builder client) {
    return trust.equals(Trust.SYSTEM) ? client : client.sslContext(contextOrFail());
  }

  /** A request with these headers, but for those that it sets itself. */
  public HttpRequest.Builder on(HttpRequest.Builder request, Collection<String> own) {
    for (Entry<String, String> header : headersBut(own).entrySet()) {
      request.setHeader(header.getKey(), header.getValue());
    }
    return request;
  }

  /** A request of the JDK's older client. */
  public void on(HttpURLConnection request) throws IOException {
    headers.forEach(request::setRequestProperty);
    if (request instanceof HttpsURLConnection https && !trust.equals(Trust.SYSTEM)) {
      https.setSSLSocketFactory(FACTORIES.computeIfAbsent(context(), SSLContext::getSocketFactory));
      if (trust.any()) {
        https.setHostnameVerifier((host, session) -> true);
      }
    }
  }

  /**
   * The TLS of this trust; read once.
   *
   * @throws IOException if its certificates cannot be read
   */
  public SSLContext context() throws IOException {
    SSLContext context = CONTEXTS.get(trust);
    if (context == null) {
      context = trust.context();
      CONTEXTS.put(trust, context);
    }
    return context;
  }

  private SSLContext contextOrFail() {
    try {
      return context();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
