package nl.veer.control.dashboard.command;

import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may ask for something now.
 *
 * @param why not; null if they may
 */
public record CommandChoice(
    String wave, CommandName command, boolean allowed, @Nullable String why) {}
