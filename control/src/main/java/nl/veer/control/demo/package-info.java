/** A whole crossing in one process: a live shop carried over and compared. */
@NullMarked
package nl.veer.control.demo;

import org.jspecify.annotations.NullMarked;
