import { useCallback, useState } from "react";

/** What is to be said to whoever hears the page, and how often something was. */
export type Spoken = { readonly times: number; readonly sentence: string };

/** What a page says, and how it says the next: also when that is the same as before. */
export function useSpoken(): [Spoken, (sentence: string) => void] {
  const [spoken, setSpoken] = useState<Spoken>({ times: 0, sentence: "" });
  const say = useCallback((sentence: string) => setSpoken(({ times }) => ({ times: times + 1, sentence })), []);
  return [spoken, say];
}

/** The place that is read aloud. It stands from the beginning: one that comes with its sentence is not heard. */
export function SpokenLine({ spoken: { times, sentence } }: { spoken: Spoken }) {
  return (
    <p role="status" className="sr-only">
      {/* New with each time, so that the same sentence is said again. */}
      <span key={times}>{sentence}</span>
    </p>
  );
}
