package nl.veer.control.config;

/**
 * One thing that is wrong with the file.
 *
 * @param path where in the tree, for example {@code waves[0].name}; empty for the whole file
 * @param line where in the file, from 1
 */
record ConfigProblem(String path, int line, String message) {

  String describe(String file) {
    return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
