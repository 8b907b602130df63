import { Outlet } from "@remix-run/react";
import { SignInFrame } from "~/accounts/ui/sign-in-frame";
import { loadDoorWords } from "~/door-words";
import { TroublePage } from "~/ui/trouble";

await loadDoorWords();

export default function SignInPages() {
  return (
    <SignInFrame>
      <Outlet />
    </SignInFrame>
  );
}

export function ErrorBoundary() {
  return <TroublePage />;
}
