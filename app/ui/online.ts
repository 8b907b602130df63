import { useSyncExternalStore } from "react";

function told(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Whether the browser has a connection, as far as it knows: what binds people is not offered without one. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    told,
    () => navigator.onLine,
    () => true,
  );
