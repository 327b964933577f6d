/** Sees to it that the servers are asked once, however many look: one reader, many listeners. */
@NullMarked
package nl.veer.control.dashboard.feed;

import org.jspecify.annotations.NullMarked;
