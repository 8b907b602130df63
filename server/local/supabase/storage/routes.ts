import type { Gateway } from "../gateway-context";
import { AuthRefusal, StorageRefusal } from "../http";
import {
  handleCreateBucket,
  handleDeleteBucket,
  handleEmptyBucket,
  handleGetBucket,
  handleListBuckets,
  handleUpdateBucket,
} from "./buckets";
import { handleCopy, handleMove, handleRemove, handleRemoveOne } from "./change";
import { handleDownload, handleInfo, handlePublic, handleSigned } from "./download";
import { handleList, handleListV2 } from "./list";
import { handleSign, handleSignMany } from "./signed";
import { handleSignedUpload, handleSignUpload, handleUpload } from "./upload";

type Handler = (gateway: Gateway, request: Request, url: URL, rest: string) => Promise<Response>;

/** Methods and path below /storage/v1; the first that fits answers. The group is what the handler is given. */
const ROUTES: [methods: string, path: RegExp, handle: Handler][] = [
  ["GET", /^\/bucket\/?()$/, handleListBuckets],
  ["POST", /^\/bucket\/?()$/, handleCreateBucket],
  ["GET", /^\/bucket\/([^/]+)$/, handleGetBucket],
  ["PUT", /^\/bucket\/([^/]+)$/, handleUpdateBucket],
  ["DELETE", /^\/bucket\/([^/]+)$/, handleDeleteBucket],
  ["POST", /^\/bucket\/([^/]+)\/empty$/, handleEmptyBucket],
  ["POST", /^\/object\/list\/([^/]+)$/, handleList],
  ["POST", /^\/object\/list-v2\/([^/]+)$/, handleListV2],
  ["POST", /^\/object\/move()$/, handleMove],
  ["POST", /^\/object\/copy()$/, handleCopy],
  ["POST", /^\/object\/upload\/sign\/(.+)$/, handleSignUpload],
  ["PUT", /^\/object\/upload\/sign\/(.+)$/, handleSignedUpload],
  ["POST", /^\/object\/sign\/([^/]+)$/, handleSignMany],
  ["POST", /^\/object\/sign\/(.+)$/, handleSign],
  ["GET HEAD", /^\/object\/sign\/(.+)$/, handleSigned],
  ["GET HEAD", /^\/object\/info\/(.+)$/, handleInfo],
  ["GET HEAD", /^\/object\/public\/(.+)$/, handlePublic],
  ["GET HEAD", /^\/object\/authenticated\/(.+)$/, handleDownload],
  ["GET HEAD", /^\/object\/(.+)$/, handleDownload],
  ["POST PUT", /^\/object\/(.+)$/, handleUpload],
  ["DELETE", /^\/object\/([^/]+)$/, handleRemove],
  ["DELETE", /^\/object\/(.+)$/, handleRemoveOne],
];

/** Answers a request below /storage/v1. Throws StorageRefusal. */
export async function handleStorage(gateway: Gateway, request: Request, url: URL, path: string): Promise<Response> {
  try {
    for (const [methods, pattern, handle] of ROUTES) {
      if (!methods.split(" ").includes(request.method)) continue;
      const match = pattern.exec(path);
      if (match) return await handle(gateway, request, url, match[1] ?? "");
    }
    throw new StorageRefusal(404, "not_found", "There is no such endpoint here");
  } catch (error) {
    // Keys, tokens and bodies are read by the same code as in the auth half, whose refusals look different.
    if (error instanceof AuthRefusal) {
      throw new StorageRefusal(error.status, error.code, error.message, error.more.headers);
    }
    throw error;
  }
}
