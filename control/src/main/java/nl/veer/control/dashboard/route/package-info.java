/**
 * The table of all that can be asked for: each route with its parameters and the type of its
 * answer, from which the server, its checks and the OpenAPI document are made. Knows nothing of
 * HTTP.
 */
@NullMarked
package nl.veer.control.dashboard.route;

import org.jspecify.annotations.NullMarked;
