/** When something will be, if all goes on as it does: with a band, and never as a promise. */
@NullMarked
package nl.veer.control.forecast;

import org.jspecify.annotations.NullMarked;
