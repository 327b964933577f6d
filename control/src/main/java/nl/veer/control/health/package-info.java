/** Whether this process lives, and whether its roles carry: with reasons, from the last reading. */
@NullMarked
package nl.veer.control.health;

import org.jspecify.annotations.NullMarked;
