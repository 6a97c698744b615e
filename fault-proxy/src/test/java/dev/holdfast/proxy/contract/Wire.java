package dev.holdfast.proxy.contract;

import dev.holdfast.protocol.testing.PatientWaits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain socket, and what a test wants to see of it: bytes, the time of each read, how it ends.
 */
final class Wire implements AutoCloseable {
  /** How a stream came to its end, as its reader saw it. */
  enum End {
    FIN,
    RST,
    NONE
  }

  /** One read: how many bytes came, and when since the start of reading. */
  record Arrival(int bytes, long atMs) {}

  /** How long what must come is waited for. */
  static final int PATIENCE_MS = (int) PatientWaits.PATIENCE.toMillis();

  final Socket socket;
  private final int patienceMs;

  Wire(Socket socket) throws IOException {
    this(socket, PATIENCE_MS);
  }

  Wire(Socket socket, int patienceMs) throws IOException {
    this.socket = socket;
    this.patienceMs = patienceMs;
    socket.setTcpNoDelay(true);
  }

  static Wire connect(InetSocketAddress address) throws IOException {
    return connect(address, PATIENCE_MS);
  }

  static Wire connect(InetSocketAddress address, int patienceMs) throws IOException {
    Socket socket = new Socket();
    socket.connect(address, PATIENCE_MS);
    return new Wire(socket, patienceMs);
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(int bytes) throws IOException {
    send(pattern(bytes));
  }

  /** Bytes whose place can be told from their value. */
  static byte[] pattern(int bytes) {
    byte[] data = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      data[i] = (byte) (i * 31 + (i >> 8));
    }
    return data;
  }

  /** Exactly so many bytes, or fewer if the stream ends; fails if nothing comes for long. */
  byte[] receive(int bytes) throws IOException {
    socket.setSoTimeout(patienceMs);
    try {
      return socket.getInputStream().readNBytes(bytes);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("fewer than " + bytes + " bytes came, and no end", e);
    }
  }

  /** All reads until so many bytes have come. */
  List<Arrival> arrivals(int bytes) throws IOException {
    socket.setSoTimeout(patienceMs);
    long start = System.nanoTime();
    List<Arrival> arrivals = new ArrayList<>();
    byte[] buffer = new byte[64 * 1024];
    int total = 0;
    while (total < bytes) {
      int n = socket.getInputStream().read(buffer);
      if (n < 0) {
        break;
      }
      total += n;
      arrivals.add(new Arrival(n, (System.nanoTime() - start) / 1_000_000));
    }
    return arrivals;
  }

  /** Whether nothing at all comes in this time: neither bytes nor an end. */
  boolean silentFor(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      int unused = socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  /** Reads on to the end; NONE if it does not come. */
  End end() throws IOException {
    socket.setSoTimeout(patienceMs);
    try {
      socket.getInputStream().transferTo(new ByteArrayOutputStream());
      return End.FIN;
    } catch (SocketTimeoutException e) {
      return End.NONE;
    } catch (SocketException e) {
      return End.RST;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
