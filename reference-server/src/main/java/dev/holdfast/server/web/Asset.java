package dev.holdfast.server.web;

import java.util.Map;

/**
 * One file of the page as it is served.
 *
 * @param headers how it may be kept, and what its page may do
 */
public record Asset(String contentType, String body, Map<String, String> headers) {}
