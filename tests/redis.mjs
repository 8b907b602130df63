import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Whether this machine has the redis-server that the tests of several processes start for themselves. */
export function hasRedis() {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, "redis-server"), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
