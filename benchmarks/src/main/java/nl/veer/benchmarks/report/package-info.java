/** What was measured, for people and for programs. */
@NullMarked
package nl.veer.benchmarks.report;

import org.jspecify.annotations.NullMarked;
