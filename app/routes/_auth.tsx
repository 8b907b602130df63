import { Outlet } from "@remix-run/react";
import { SignInFrame } from "~/accounts/ui/sign-in-frame";
import { TroublePage } from "~/ui/trouble";

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
