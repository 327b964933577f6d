/** Who looks is told, and the servers are asked once. */
@NullMarked
package nl.veer.control.dashboard.feed;

import org.jspecify.annotations.NullMarked;
