const SWITCH = "single-keys";

/** Whether single keys do anything on this device. */
export function singleKeysWork(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

/** Switches single keys on or off on this device, for as long as the browser keeps it. */
export function switchSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(SWITCH, on ? "on" : "off");
  } catch {}
}
