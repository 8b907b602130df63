/** No page of a PDF is larger, in its points. */
const PAGE_MOST = 14_400;

/** A PDF of one page that is one JPEG picture, as large as it stands on a screen. In: its size in points of the picture. */
export function pdfOf(
  jpeg: Uint8Array,
  { width, height, finer }: { width: number; height: number; finer: number },
): Uint8Array {
  // 96 of a screen's points are 72 of a page's.
  const scale = Math.min(0.75 / finer, PAGE_MOST / Math.max(width, height));
  const [across, up] = [width, height].map((side) => (side * scale).toFixed(2));
  const draw = `q ${across} 0 0 ${up} 0 0 cm /P Do Q`;
  const image = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB`;
  const parts: (string | Uint8Array)[][] = [
    ["<< /Type /Catalog /Pages 2 0 R >>"],
    ["<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${across} ${up}] /Contents 4 0 R`,
      " /Resources << /XObject << /P 5 0 R >> >> >>",
    ],
    [`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`],
    [`<< ${image} /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`, jpeg, "\nendstream"],
  ];
  const chunks: Uint8Array[] = [];
  let length = 0;
  const put = (part: string | Uint8Array) => {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    chunks.push(bytes);
    length += bytes.length;
  };
  put("%PDF-1.4\n");
  const starts = parts.map((object, at) => {
    const start = length;
    for (const part of [`${at + 1} 0 obj\n`, ...object, "\nendobj\n"]) put(part);
    return start;
  });
  const table = length;
  put(`xref\n0 ${parts.length + 1}\n0000000000 65535 f \n`);
  for (const start of starts) put(`${String(start).padStart(10, "0")} 00000 n \n`);
  put(`trailer\n<< /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  const pdf = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    pdf.set(chunk, at);
    at += chunk.length;
  }
  return pdf;
}
