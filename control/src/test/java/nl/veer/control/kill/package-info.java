/** Ends, pauses and doubles of roles and servers at the worst moments. */
@NullMarked
package nl.veer.control.kill;

import org.jspecify.annotations.NullMarked;
