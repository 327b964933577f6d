package nl.veer.control.cli.shell;

/** What stands where there is room for one line only: the first sentence, without its full stop. */
final class FirstSentence {
  private FirstSentence() {}

  /**
   * @param description the lines of a command's or an option's description
   */
  static String of(String... description) {
    String words = String.join(" ", description).replace("${DEFAULT-VALUE}", "the default");
    int end = words.indexOf(". ");
    return (end < 0 ? words : words.substring(0, end)).replaceFirst("\\.$", "");
  }
}
