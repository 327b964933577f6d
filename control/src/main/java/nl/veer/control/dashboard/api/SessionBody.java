package nl.veer.control.dashboard.api;

import nl.veer.control.config.DashboardRole;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what they may do.
 *
 * @param name whose token it is; null where no tokens are configured
 * @param role each may do what those before may
 * @param csrf what a page sends along, as the header {@code X-Veer-Csrf}, when it wants something
 *     changed; null for who asks with a bearer token, and needs none
 * @param login whether there is a session, which can be ended
 * @param until when it ends by itself, or the bearer token does; null if neither has an end
 * @param approval whether what changes much needs a second person's yes
 */
public record SessionBody(
    @Nullable String name,
    DashboardRole role,
    @Nullable String csrf,
    boolean login,
    @Nullable String until,
    boolean approval) {}
