/**
 * Many people at once, each a client of the protocol's own core, driven by Gatling.
 *
 * <p>Gatling decides when people come and how long they pause; {@link
 * dev.holdfast.client.SimClient} talks; the checkers of the chaos scenarios judge every
 * conversation. No rule of the protocol lives here. {@link dev.holdfast.load.LoadRun} runs a {@link
 * dev.holdfast.load.LoadPlan} in a JVM of its own, so that neither Gatling's output nor its memory
 * nor its shutdown touches the caller, and the target shares no heap with those who measure it.
 *
 * <h2>What is timed</h2>
 *
 * <pre>
 * connect       from dialing, or from the moment a reconnect was due, to the greeting
 * first_frame   from a message to the first frame of its run
 * answer        from a message to the frame that ends its run
 * ping          from a ping to its pong
 * </pre>
 *
 * <p>Frames are timed when they arrive, not when they are worked on. A person has one message under
 * way at a time, so the first frame behind it that is neither ping, pong nor greeting is its run's,
 * whether the server names runs or not. Each time goes to a histogram and, rounded to milliseconds,
 * to Gatling's log as a request of its own.
 *
 * <h2>Coordinated omission</h2>
 *
 * <p>Where messages are due on a schedule, a time starts when its message was <em>due</em>, however
 * late a slow server let it be said; the messages that piled up meanwhile follow at once. Where a
 * person pauses after each answer, nothing was due earlier, and times start when the message is
 * said: such a load asks less of a slower server, and its figures are only good for what they say.
 */
@NullMarked
package dev.holdfast.load;

import org.jspecify.annotations.NullMarked;
