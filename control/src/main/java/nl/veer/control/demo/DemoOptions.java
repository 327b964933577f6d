package nl.veer.control.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a demo is to be like.
 *
 * @param duration how long the shop is written to before the proof; the proof and the cutover take
 *     the time that they take
 * @param rate transactions per second
 * @param fill rows the shop begins with, about
 * @param maxOutage writes may be refused for so long
 * @param certificate where the signed page goes; the same as JSON stands beside it
 * @param stay whether everything stays as it is when the story is told, until the audience leaves
 * @param veer the version of this Veer
 */
public record DemoOptions(
    Duration duration,
    double rate,
    long fill,
    Duration maxOutage,
    Path certificate,
    boolean stay,
    String veer) {}
