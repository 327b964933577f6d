/**
 * A whole migration in one process: a live shop is carried over, proven, cut over and certified.
 */
@NullMarked
package nl.veer.control.demo;

import org.jspecify.annotations.NullMarked;
