import { useEffect, useRef } from "react";

/** Says that a message is on its way. It takes the focus, since the button that was pressed may be gone. */
export function SentNotice({ children }: { children: string }) {
  const box = useRef<HTMLParagraphElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <p ref={box} role="status" tabIndex={-1} className="rounded-md border border-info bg-info-soft px-4 py-3">
      {children}
    </p>
  );
}
