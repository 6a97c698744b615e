package dev.holdfast.protocol.frame;

/** WebSocket close codes, and what their range tells a client to do. */
public final class CloseCode {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;
  public static final int UNSUPPORTED_DATA = 1003;
  public static final int ABNORMAL = 1006;
  public static final int BAD_UTF8 = 1007;
  public static final int TOO_BIG = 1009;
  public static final int SERVICE_RESTART = 1012;
  public static final int HEARTBEAT = 4000;
  public static final int DRAIN = 4001;
  public static final int SLOW_CONSUMER = 4002;
  public static final int GAP = 4003;
  public static final int RATE_LIMITED = 4004;
  public static final int HELLO_TIMEOUT = 4005;
  public static final int BAD_TOKEN = 4100;
  public static final int UNAUTHENTICATED = 4200;
  public static final int FORBIDDEN = 4201;
  public static final int VERSION = 4202;
  public static final int PROTOCOL_VIOLATION = 4203;
  public static final int SUPERSEDED = 4204;
  public static final int ID_REUSED = 4205;

  private CloseCode() {}

  /** Whether a client must not reconnect by itself. */
  public static boolean stops(int code) {
    return switch (code) {
      case NORMAL, PROTOCOL_ERROR, UNSUPPORTED_DATA -> true;
      default -> (code >= 1007 && code <= 1010) || (code >= 4200 && code <= 4299);
    };
  }

  /** Whether a client must drop its resume token before it says hello again. */
  public static boolean dropsToken(int code) {
    return code >= 4100 && code <= 4199;
  }
}
