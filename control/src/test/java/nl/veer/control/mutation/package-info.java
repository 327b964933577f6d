/** Mutations of the world below Veer: each must be found by who must find it. */
@NullMarked
package nl.veer.control.mutation;

import org.jspecify.annotations.NullMarked;
