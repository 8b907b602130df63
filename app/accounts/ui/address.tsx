import { Fragment } from "react";

/** An e-mail address that goes on in the next line before its @ and its dots, and elsewhere only where nothing else fits. */
export function Address({ email }: { email: string }) {
  return (
    <span className="break-words">
      {[...email.matchAll(/^[^@.]*|[@.][^@.]*/g)].map(({ 0: part, index }) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
