package dev.holdfast.proxy.frame;

import java.util.Locale;
import java.util.regex.Pattern;

/** The head of an HTTP message as a handshake has it: text up to the empty line. */
public final class Head {
  /** A longer head is no handshake that we look into. */
  public static final int MAX_BYTES = 16 * 1024;

  private static final String END = "\r\n\r\n";
  private static final String REQUEST = "GET ";
  private static final String RESPONSE = "HTTP/1.1 ";
  private static final Pattern EXTENSIONS =
      Pattern.compile("(?im)^sec-websocket-extensions:([^\r\n]*)\r\n");
  private static final Pattern ACCEPT =
      Pattern.compile("(?im)^(sec-websocket-accept:[ \t]*)[^\r\n]*");

  private Head() {}

  /** Whether a handshake can begin like this. */
  public static boolean mayBegin(CharSequence text) {
    return agrees(text, REQUEST) || agrees(text, RESPONSE);
  }

  private static boolean agrees(CharSequence text, String start) {
    int common = Math.min(text.length(), start.length());
    return start.substring(0, common).contentEquals(text.subSequence(0, common));
  }

  public static boolean complete(CharSequence text) {
    int from = text.length() - END.length();
    return from >= 0 && END.contentEquals(text.subSequence(from, text.length()));
  }

  public static boolean isRequest(CharSequence head) {
    return head.charAt(0) == 'G';
  }

  /** Whether frames follow: a request that asks for them, or a response that grants them. */
  public static boolean upgrades(CharSequence head) {
    String text = head.toString().toLowerCase(Locale.ROOT);
    return isRequest(head)
        ? text.contains("\r\nupgrade: websocket\r\n") || text.contains("\r\nupgrade:websocket\r\n")
        : text.startsWith("101", RESPONSE.length());
  }

  public static boolean offersCompression(String head) {
    return head.toLowerCase(Locale.ROOT).contains("permessage-deflate");
  }

  /** The head without its extensions, so that frames stay readable. */
  public static String withoutExtensions(String head) {
    return EXTENSIONS.matcher(head).replaceAll("");
  }

  /** The response with an accept key that answers no request. */
  public static String withWrongAccept(String head) {
    return ACCEPT.matcher(head).replaceAll("$1bm90IHRoZSByaWdodCBrZXkhIQ==");
  }
}
