/** The verdict of a crossing: what it rests on, what changes it, and what history says. */
@NullMarked
package nl.veer.control.verdict;

import org.jspecify.annotations.NullMarked;
