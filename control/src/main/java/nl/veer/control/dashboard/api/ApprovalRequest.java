package nl.veer.control.dashboard.api;

import org.jspecify.annotations.Nullable;

/**
 * A second person's answer to a command that waits.
 *
 * @param approve yes, or no
 * @param reason why, for the audit log: at most 500 characters
 */
public record ApprovalRequest(boolean approve, @Nullable String reason) {}
