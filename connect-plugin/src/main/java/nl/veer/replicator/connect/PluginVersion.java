package nl.veer.replicator.connect;

/** The plug-in's version, as the build has written it into its jar. */
final class PluginVersion {
  private static final String OF_NO_JAR = "0.0.0-unbuilt";

  private PluginVersion() {}

  static String text() {
    String built = PluginVersion.class.getPackage().getImplementationVersion();
    return built == null ? OF_NO_JAR : built;
  }
}
