import { callerOf } from "../caller";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, json } from "../http";
import { publicKeys } from "./access-token";
import { handleGetUser, handleLogout } from "./account";
import { handleGenerateLink, handleInvite } from "./admin-links";
import {
  handleCreateUser,
  handleDeleteFactor,
  handleDeleteUser,
  handleGetUserById,
  handleListFactors,
  handleListUsers,
  handleUpdateUserById,
} from "./admin-users";
import { handleToken } from "./grants";
import { handleChallenge, handleEnroll, handleUnenroll, handleVerifyFactor } from "./mfa";
import { handleReauthenticate, handleUpdateUser } from "./profile";
import { handleOtp, handleRecover, handleResend } from "./request-mail";
import { handleSignUp } from "./sign-up";
import { handleVerify } from "./verify";
import { handleVerifyForm, handleVerifyPage } from "./verify-page";

type Handler = (gateway: Gateway, request: Request, url: URL, id: string) => Promise<Response> | Response;

/** A path in which `:id` stands for a uuid; the first one is handed to the handler. */
function path(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(":id", "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")}$`, "i");
}

/** Methods and paths below /auth/v1. */
const ROUTES: [method: string, path: RegExp, handle: Handler][] = [
  ["GET", /^\/health$/, () => json({ name: "Tandem's local stand-in for Supabase Auth", version: "local" })],
  ["GET", /^\/\.well-known\/jwks\.json$/, (gateway) => json(publicKeys(gateway.jwtKey))],
  ["POST", /^\/token$/, withKey(handleToken)],
  ["POST", /^\/signup$/, withKey(handleSignUp)],
  ["POST", /^\/otp$/, withKey(handleOtp)],
  ["POST", /^\/recover$/, withKey(handleRecover)],
  ["POST", /^\/resend$/, withKey(handleResend)],
  ["GET", /^\/verify$/, handleVerifyPage],
  [
    "POST",
    /^\/verify$/,
    (gateway, request, url, id) =>
      isForm(request) ? handleVerifyForm(gateway, request) : withKey(handleVerify)(gateway, request, url, id),
  ],
  ["GET", /^\/user$/, handleGetUser],
  ["PUT", /^\/user$/, handleUpdateUser],
  ["GET", /^\/reauthenticate$/, handleReauthenticate],
  ["POST", /^\/logout$/, handleLogout],
  ["POST", /^\/factors$/, handleEnroll],
  ["POST", path("/factors/:id/challenge"), handleChallenge],
  ["POST", path("/factors/:id/verify"), handleVerifyFactor],
  ["DELETE", path("/factors/:id"), handleUnenroll],
  ["GET", /^\/admin\/users$/, handleListUsers],
  ["POST", /^\/admin\/users$/, handleCreateUser],
  ["GET", path("/admin/users/:id"), handleGetUserById],
  ["PUT", path("/admin/users/:id"), handleUpdateUserById],
  ["DELETE", path("/admin/users/:id"), handleDeleteUser],
  ["GET", path("/admin/users/:id/factors"), handleListFactors],
  ["DELETE", path("/admin/users/:id/factors/:id"), handleDeleteFactor],
  ["POST", /^\/invite$/, handleInvite],
  ["POST", /^\/admin\/generate_link$/, handleGenerateLink],
];

/** Answers a request below /auth/v1. Throws AuthRefusal. */
export async function handleAuth(gateway: Gateway, request: Request, url: URL, path: string): Promise<Response> {
  let known = false;
  for (const [method, pattern, handle] of ROUTES) {
    const match = pattern.exec(path);
    if (!match) continue;
    known = true;
    if (method === request.method) return handle(gateway, request, url, match[1] ?? "");
  }
  if (known) throw new AuthRefusal(405, "validation_failed", "Method not allowed");
  throw new AuthRefusal(404, "validation_failed", "There is no such endpoint here");
}

/** The form of our own page, not a client. */
function isForm(request: Request): boolean {
  return (request.headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
}

/** Calls that need no person still need the project's key. */
function withKey(handle: Handler): Handler {
  return async (gateway, request, url, id) => {
    await callerOf(gateway, request);
    return handle(gateway, request, url, id);
  };
}
