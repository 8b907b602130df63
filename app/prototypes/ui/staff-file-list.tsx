import { Box, FileText, Film, ImageIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useBytes } from "~/ideas/ui/attachments";
import { fileUrl, type ReviewFile, renditionUrl, thumbOf } from "../prototype-file";

const ICONS = { picture: ImageIcon, pdf: FileText, video: Film, model: Box, web: FileText, sample: Box } as const;

/** The files of a version as they stand. */
export function StaffFileList({ files }: { files: readonly ReviewFile[] }) {
  const t = useTranslations("prototypes.files");
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium">{t("title")}</h3>
      {files.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="flex flex-col gap-2">
        {files.map((file) => (
          <StaffFile key={file.id} file={file} />
        ))}
      </ul>
    </div>
  );
}

/** A file: a small picture of it, what it is, and how it stands. `children`: what can be done with it. */
export function StaffFile({ file, children }: { file: ReviewFile; children?: ReactNode }) {
  const t = useTranslations("prototypes.files");
  const { id, name, kind, state, refusal, renditions } = file;
  const thumb = thumbOf(renditions);
  const Icon = ICONS[kind ?? "picture"];
  const facts = useFacts(file);
  return (
    <li className="flex min-h-12 items-center gap-3">
      <span className="flex size-14 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-sunken text-muted">
        {thumb ? (
          <img src={renditionUrl(id, thumb)} alt="" loading="lazy" className="size-full object-cover" />
        ) : (
          <Icon className="size-5" aria-hidden="true" />
        )}
      </span>
      <span className="min-w-0 grow">
        {state === "ready" && kind !== "web" && kind !== "sample" ? (
          <a href={fileUrl(id)} download className="link block truncate" aria-label={t("save", { name })}>
            {name}
          </a>
        ) : (
          <span className="block truncate font-medium">{name}</span>
        )}
        <span className={`block text-sm ${refusal ? "text-danger" : "text-muted"}`}>
          {refusal
            ? t(`refusal.${refusal}`)
            : [t(`state.${state === "refused" ? "uploading" : state}`), ...facts].join(" · ")}
        </span>
      </span>
      {children}
    </li>
  );
}

/** What is known of a file, in words. */
function useFacts({ kind, byteSize, width, height, pages, triangles }: ReviewFile): string[] {
  const t = useTranslations("prototypes.files");
  const bytes = useBytes();
  return [
    kind && t(`kind.${kind}`),
    kind === "picture" && width && height ? t("pixels", { width, height }) : null,
    pages ? t("pages", { count: pages }) : null,
    triangles ? t("triangles", { count: triangles }) : null,
    byteSize > 0 ? bytes(byteSize) : null,
  ].filter((fact) => fact !== null);
}
