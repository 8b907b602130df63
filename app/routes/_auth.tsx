import { Outlet } from "@remix-run/react";
import { SignInFrame } from "~/accounts/ui/sign-in-frame";
import { TroublePage } from "~/ui/trouble";
import { loadDoorWords } from "~/words";

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
