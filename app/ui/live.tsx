import { useActionData, useFetchers, useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { concerns } from "~/kernel/live-topics";
import { looksByItself } from "./failures";
import { GUEST_ENDED, type GuestLine, hear } from "./live-line";

/**
 * Milliseconds: several changes within the first are one look at the page, and a page may have asked for what it shows by the
 * second earlier than is noticed here.
 */
const [TOGETHER, EARLIER] = [60, 1_000];

/** When the page that is coming was asked for. What was told since may be missing in what it shows. */
let askedAt = 0;

/**
 * Keeps an open page true: when one of these is told to have changed, the page's loaders are asked again.
 * In: what the page shows, as `idea:<id>`, `ideas`, `person:<id>`; on a guest's page whose it is. A page that nobody looks at waits until somebody does,
 * one without a connection until it is back, and one that shows why a form was refused waits until it is sent again: asking anew would take the reason away.
 * Out: whether a guest's access ended meanwhile; their page is not asked for any more, since it would not be there.
 */
export function useLive(topics: readonly string[], guest?: GuestLine): boolean {
  const { revalidate, state: looking } = useRevalidator();
  const navigation = useNavigation();
  const fetchers = useFetchers();
  const answer = useActionData<{ ok?: boolean } | null>();
  const [stale, setStale] = useState(false);
  const [ended, setEnded] = useState(false);

  const busy = navigation.state !== "idle" || fetchers.some(({ state }) => state !== "idle");
  const refused = answer != null && answer.ok !== true;
  // What is told while a form is under way is its own doing most of the time, and its answer brings the page anew.
  const sending = useRef(false);
  sending.current = navigation.state === "submitting" || fetchers.some(({ state }) => state === "submitting");

  useEffect(() => {
    if (looking === "idle" || navigation.state !== "idle") looksByItself(false);
    if (navigation.state === "loading") askedAt = performance.now() - EARLIER;
  }, [looking, navigation.state]);

  const key = topics.join(" ");
  const { token, grantId } = guest ?? {};
  useEffect(() => {
    const own = key.split(" ");
    return hear(
      (told) => {
        if (grantId && told.includes(GUEST_ENDED)) setEnded(true);
        else if (!sending.current && concerns(told, own)) setStale(true);
      },
      askedAt,
      token && grantId ? { token, grantId } : undefined,
    );
  }, [key, token, grantId]);

  useEffect(() => {
    if (!stale || busy || refused || ended) return;
    const look = () => {
      if (document.hidden || !navigator.onLine) return;
      setStale(false);
      looksByItself(true);
      revalidate();
    };
    const timer = setTimeout(look, TOGETHER);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
    };
  }, [stale, busy, refused, ended, revalidate]);
  return ended;
}
