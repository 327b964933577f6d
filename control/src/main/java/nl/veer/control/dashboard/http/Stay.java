package nl.veer.control.dashboard.http;

import java.util.function.BooleanSupplier;

/**
 * How long somebody may listen.
 *
 * @param person whose streams are counted together
 * @param most so many of them at once
 * @param lasts whether that one still may; asked again and again
 */
record Stay(String person, int most, BooleanSupplier lasts) {}
