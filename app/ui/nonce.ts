import { createContext } from "react";

/** The page's nonce while the server renders it. Browsers hide nonces from scripts, so there it is empty. */
export const NonceContext = createContext<string | undefined>(undefined);
