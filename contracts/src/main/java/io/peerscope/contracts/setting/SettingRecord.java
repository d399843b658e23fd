package io.peerscope.contracts.setting;

/**
 * A setting that was changed; value of {@code settings}, keyed by its name.
 *
 * @param version of all settings together, with this change
 */
public record SettingRecord(String name, double value, long version) {}
