package dev.holdfast.report.result;

/**
 * One step of a rollout: how many were asked for, and how many are in.
 *
 * @param percent what the flag was set to
 * @param in how many of the users are on the WebSocket
 * @param low the least that a fair lot gives but once in two million times
 * @param high the most
 */
public record RolloutShare(double percent, int in, int users, int low, int high) {}
