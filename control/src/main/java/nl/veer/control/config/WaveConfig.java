package nl.veer.control.config;

/** A set of tables that is captured, applied and cut over together. */
public record WaveConfig(
    @Setting(value = "The wave's name; the same characters as a migration's.", name = true)
        String name,
    @Setting("Which tables it holds.") TablesConfig tables) {}
