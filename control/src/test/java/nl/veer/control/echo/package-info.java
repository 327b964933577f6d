/** The target's own log: made in time, whole, and never in the way of the crossing. */
@NullMarked
package nl.veer.control.echo;

import org.jspecify.annotations.NullMarked;
