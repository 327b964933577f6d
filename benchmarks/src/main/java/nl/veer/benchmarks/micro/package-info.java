/** The innermost loops by themselves, with JMH. */
@NullMarked
package nl.veer.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
