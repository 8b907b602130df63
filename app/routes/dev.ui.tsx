import type { MetaFunction } from "@remix-run/node";
import { requireLocal } from "~/accounts/session.server";
import { Gallery } from "~/ui/gallery/gallery";

export const meta: MetaFunction = () => [{ title: "Design system · Tandem" }];

export async function loader() {
  await requireLocal();
  return null;
}

export default function DesignSystem() {
  return (
    <main className="mx-auto flex max-w-270 flex-col gap-8 px-4 py-8">
      <h1 className="text-2xl font-semibold">Design system</h1>
      <Gallery theme="light" />
      <Gallery theme="dark" />
    </main>
  );
}
