/** Whether two tables are equal. */
@NullMarked
package nl.veer.benchmarks.scan;

import org.jspecify.annotations.NullMarked;
