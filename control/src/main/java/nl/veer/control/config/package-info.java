/** One YAML file becomes records, or a list of everything that is wrong with it. */
@NullMarked
package nl.veer.control.config;

import org.jspecify.annotations.NullMarked;
