import { ConfigurationError, currentSettings, type Settings } from "~/kernel/env.server";
import { Refusal } from "./bootstrap.mjs";

/**
 * Settings of this process, for what is started by a person.
 * @throws Refusal with a sentence for each setting that cannot be used
 */
export function settingsOrRefusal(): Settings {
  try {
    return currentSettings();
  } catch (error) {
    throw error instanceof ConfigurationError ? new Refusal(error.message) : error;
  }
}
