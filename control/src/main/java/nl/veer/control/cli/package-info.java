/** The veer command: words, exit codes and what a person sees. */
@NullMarked
package nl.veer.control.cli;

import org.jspecify.annotations.NullMarked;
