/** Letters look like the pages in their light look. Mail programs know no variables, so the colours of app/ui/theme.css stand here again; a test compares them. */
export const COLOURS = {
  paper: "#f7f5f0",
  surface: "#ffffff",
  ink: "#1b2422",
  muted: "#56615d",
  line: "#dfdbd0",
  accent: "#0c5a5b",
  onAccent: "#ffffff",
} as const;

export const FONT = "Inter, system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', Arial, sans-serif";
