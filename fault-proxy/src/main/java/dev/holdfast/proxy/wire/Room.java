package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.toxic.Toxics;
import io.netty.channel.EventLoopGroup;

/** What all proxies of an engine share: event loops, seed, journal, and the faults there are. */
public record Room(EventLoopGroup loops, long seed, Decision.Journal journal, Toxics toxics) {}
