/** What a shell and man know of the veer command: pages and completions, made from the command. */
@NullMarked
package nl.veer.control.cli.shell;

import org.jspecify.annotations.NullMarked;
