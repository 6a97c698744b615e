package dev.holdfast.proxy.api;

/** A call that cannot be answered as asked: the status and the words that go back. */
final class ApiError extends RuntimeException {
  static final String BAD_BODY = "bad request body: ";

  private final int status;

  ApiError(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  static ApiError badBody(String why) {
    return new ApiError(400, BAD_BODY + why);
  }

  static ApiError missing(String field) {
    return new ApiError(400, "missing required field: " + field);
  }

  static ApiError invalidStream() {
    return new ApiError(400, "stream was invalid, can be either upstream or downstream");
  }

  static ApiError invalidToxicType() {
    return new ApiError(400, "invalid toxic type");
  }

  static ApiError proxyNotFound() {
    return new ApiError(404, "proxy not found");
  }

  static ApiError toxicNotFound() {
    return new ApiError(404, "toxic not found");
  }

  static ApiError proxyExists() {
    return new ApiError(409, "proxy already exists");
  }

  static ApiError toxicExists() {
    return new ApiError(409, "toxic already exists");
  }

  /** Something of ours or of the system's, such as a port that is taken. */
  static ApiError internal(Exception e) {
    return new ApiError(500, String.valueOf(e.getMessage()));
  }
}
