import type { CryptoKey } from "jose";
import type { Pool } from "pg";
import type { JwtKey } from "../secrets";
import type { LimitRules, Limits } from "./limits";

/** The few log calls the gateway makes; pino's logger fits. */
export type GatewayLog = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type LocalSupabaseOptions = {
  /** Connection string of the login `supabase_gateway`. */
  databaseUrl: string;
  /** Uploaded files are kept in `<dataDir>/storage`. */
  dataDir: string;
  /** Where people reach this installation, without a trailing slash; links in letters begin with it. */
  origin: string;
  publishableKey: string;
  secretKey: string;
  jwtKey: JwtKey;
  log: GatewayLog;
  /** The time; tests move it. */
  now?: () => Date;
  /** Other limits than the usual ones; tests shorten them. */
  limits?: Partial<LimitRules>;
  /** True when anybody may make a login for themselves; false by default, as in supabase/config.toml: staff invite people. */
  allowSignUp?: boolean;
};

/** What every part of the gateway is handed. */
export type Gateway = {
  pool: Pool;
  /** `<origin>/supabase`: what clients are given as the address of the project. */
  url: string;
  origin: string;
  publishableKey: string;
  secretKey: string;
  jwtKey: JwtKey;
  signingKey: CryptoKey;
  verifyingKey: CryptoKey;
  storageDir: string;
  limits: Limits;
  log: GatewayLog;
  now: () => Date;
  allowSignUp: boolean;
};
