package nl.veer.control.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is to be like.
 *
 * @param duration how long the shop is written to
 * @param rate transactions per second
 * @param fill rows the shop begins with, about
 * @param directory where its servers keep their data; null for a temporary one
 */
public record DemoOptions(Duration duration, double rate, long fill, @Nullable Path directory) {}
